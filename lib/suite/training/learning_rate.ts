import type { Recipe } from "./recipe.ts";

/** Learning rate of step `step` (the first is 1): linear warm-up, then a cosine down to the last one. */
export function learningRate(recipe: Recipe, step: number): number {
  const { learningRate: highest, lastLearningRate: lowest, warmupSteps, steps } = recipe;
  if (step <= warmupSteps) return highest * step / warmupSteps;
  const progress = (step - warmupSteps) / (steps - warmupSteps);
  return lowest + (highest - lowest) * (1 + Math.cos(Math.PI * progress)) / 2;
}
