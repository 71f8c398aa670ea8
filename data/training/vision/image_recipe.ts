import type { Schedule } from "../training/schedule.ts";

/** Everything that decides the training of an image model: the same recipe gives the same checkpoints. */
export interface ImageRecipe extends Schedule {
  /** What kind of network it is. */
  readonly network: "residual" | "perceptron";
  /** Channels of the stages of a residual network, or widths of a perceptron's hidden layers. */
  readonly widths: readonly number[];
}

/** The recipe that both kinds share. */
function recipe(
  model: string,
  network: ImageRecipe["network"],
  widths: readonly number[],
): ImageRecipe {
  return {
    model,
    seed: 1,
    network,
    widths,
    steps: 2048,
    batchSize: 32,
    checkpointSteps: [
      ...[0, 1, 2, 4, 8, 16, 32, 64, 96, 128, 192, 256, 384],
      ...[512, 768, 1024, 1536, 2048],
    ],
    learningRate: 1e-3,
    lastLearningRate: 1e-4,
    warmupSteps: 64,
    betas: [0.9, 0.95],
    epsilon: 1e-8,
    weightDecay: 0.1,
    clipNorm: 1,
  };
}

/** The recipes of the image models of the bundled suite by model name. */
export const IMAGE_RECIPES: ReadonlyMap<string, ImageRecipe> = new Map(
  [
    recipe("nano-cnn", "residual", [24, 32, 48]),
    recipe("nano-mlp", "perceptron", [128, 96, 64]),
  ].map((one) => [one.model, one]),
);
