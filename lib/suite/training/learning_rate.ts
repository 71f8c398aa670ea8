import type { Schedule } from "./schedule.ts";

/** Learning rate after `made` steps of this recipe's own (the first is 1): linear warm-up, then a cosine down to the last one. */
export function learningRate(recipe: Schedule, made: number): number {
  const { learningRate: highest, lastLearningRate: lowest, warmupSteps, steps, start } = recipe;
  if (made <= warmupSteps) return highest * made / warmupSteps;
  const progress = (made - warmupSteps) / (steps - (start?.step ?? 0) - warmupSteps);
  return lowest + (highest - lowest) * (1 + Math.cos(Math.PI * progress)) / 2;
}
