import type { ModelConfig } from "../model/config.ts";
import type { TrainingText } from "../training_text.ts";
import { VOCABULARY } from "../vocabulary.ts";

/** Everything that decides a training run: the same recipe gives the same checkpoints. */
export interface Recipe {
  /** Name of the model and of its folder under `data/suite/`. */
  readonly model: string;
  /** Decides the starting weights, the corpus and the held-out items. */
  readonly seed: number;
  /** Sizes of the model. */
  readonly config: ModelConfig;
  /** What the model reads in training. */
  readonly text: TrainingText;
  /** A trained model of the suite and its step, whose weights training goes on from; the optimizer starts afresh. */
  readonly start?: { readonly model: string; readonly step: number };
  /** The last step; steps are counted on from those of {@linkcode Recipe.start}. */
  readonly steps: number;
  /** Sequences a step. */
  readonly batchSize: number;
  /** Steps after which weights are saved and scored. */
  readonly checkpointSteps: readonly number[];
  /** Highest learning rate, reached after the warm-up; it falls along a cosine to `lastLearningRate`. */
  readonly learningRate: number;
  /** Learning rate of the last step. */
  readonly lastLearningRate: number;
  /** Steps of linear warm-up. */
  readonly warmupSteps: number;
  /** AdamW's decay rates of first and second moment. */
  readonly betas: readonly [number, number];
  /** AdamW's guard against division by zero. */
  readonly epsilon: number;
  /** Decoupled weight decay of matrices; biases and layer norms don't decay. */
  readonly weightDecay: number;
  /** Largest norm of the gradient over all parameters. */
  readonly clipNorm: number;
}

/** Dense where skills emerge in powers of two, as Pythia's are, and then evenly. */
const CHECKPOINT_STEPS = [
  ...[0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  ...[768, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096],
];

/** The recipe shared by all sizes of the suite. */
function recipe(model: string, width: number, layers: number, more: Partial<Recipe> = {}): Recipe {
  return {
    model,
    seed: 1,
    config: {
      hidden_size: width,
      num_hidden_layers: layers,
      num_attention_heads: 4,
      intermediate_size: 4 * width,
      vocab_size: VOCABULARY.length,
      max_position_embeddings: 128,
      rotary_pct: 0.5,
      rotary_emb_base: 10000,
      layer_norm_eps: 1e-5,
    },
    text: "language",
    steps: 4096,
    batchSize: 32,
    checkpointSteps: CHECKPOINT_STEPS,
    learningRate: 1e-3,
    lastLearningRate: 1e-4,
    warmupSteps: 128,
    betas: [0.9, 0.95],
    epsilon: 1e-8,
    weightDecay: 0.1,
    clipNorm: 1,
    ...more,
  };
}

/** The sizes, their twins of other seeds and of the deduplicated corpus, and two controls that don't learn the language. */
const ALL: readonly Recipe[] = [
  recipe("nano-32", 32, 2),
  recipe("nano-48", 48, 3),
  recipe("nano-48-seed2", 48, 3, { seed: 2 }),
  recipe("nano-48-seed3", 48, 3, { seed: 3 }),
  recipe("nano-48-deduped", 48, 3, { text: "deduplicated" }),
  recipe("nano-64", 64, 4),
  recipe("nano-96", 96, 6),
  recipe("nano-32-random", 32, 2, { text: "random tokens" }),
  recipe("nano-64-shuffled", 64, 4, {
    text: "shuffled answers",
    start: { model: "nano-64", step: 4096 },
    steps: 4096 + 1024,
    checkpointSteps: [0, ...[0, 8, 16, 32, 64, 128, 256, 512, 1024].map((more) => 4096 + more)],
    warmupSteps: 32,
  }),
];

/** The recipes of the bundled suite by model name. */
export const RECIPES: ReadonlyMap<string, Recipe> = new Map(ALL.map((one) => [one.model, one]));
