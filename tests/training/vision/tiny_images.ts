import { imageTrainee } from "../../../data/training/vision/image_trainee.ts";
import type { ImageRecipe } from "../../../data/training/vision/image_recipe.ts";

/** Recipes that train in a second. */
export const tinyImageRecipe: ImageRecipe = {
  model: "tiny-cnn",
  seed: 5,
  network: "residual",
  widths: [4, 6],
  steps: 4,
  batchSize: 8,
  checkpointSteps: [0, 1, 4],
  learningRate: 0.02,
  lastLearningRate: 0.002,
  warmupSteps: 1,
  betas: [0.9, 0.95],
  epsilon: 1e-8,
  weightDecay: 0.1,
  clipNorm: 1,
};

/** A residual network and a perceptron. */
export const tinyImageTrainees = [
  imageTrainee(tinyImageRecipe),
  imageTrainee({ ...tinyImageRecipe, model: "tiny-mlp", network: "perceptron", widths: [16, 12] }),
] as const;
