import type { Parameters } from "../model/parameters.ts";
import type { Schedule } from "./schedule.ts";

/** AdamW's running means for every parameter by name: of the gradient and of its square. */
export interface Moments {
  /** Running mean of the gradient. */
  readonly first: ReadonlyMap<string, Float32Array>;
  /** Running mean of the squared gradient. */
  readonly second: ReadonlyMap<string, Float32Array>;
}

/** Moments before the first step: all zero. */
export function zeroMoments(parameters: Parameters): Moments {
  const zeros = () =>
    new Map([...parameters].map(([name, { values }]) => [name, new Float32Array(values.length)]));
  return { first: zeros(), second: zeros() };
}

/** Euclidean norm of all gradients together. */
export function gradientNorm(gradients: Readonly<Record<string, Float32Array>>): number {
  let sum = 0;
  for (const values of Object.values(gradients)) for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

/**
 * One step of AdamW (Loshchilov & Hutter 2019) in place, with the gradient clipped to the recipe's norm.
 *
 * @param made Which of the recipe's own steps this is; the first is 1.
 * @throws {Error} If the gradient is not finite, so that a broken run stops before it overwrites a good state.
 */
export function adamwStep(
  recipe: Schedule,
  made: number,
  parameters: Parameters,
  moments: Moments,
  gradients: Readonly<Record<string, Float32Array>>,
): void {
  const norm = gradientNorm(gradients);
  if (!Number.isFinite(norm)) {
    throw new Error(
      `the gradient of ${recipe.model} at its step ${made} is not finite (norm ${norm}); lower the learning rate`,
    );
  }
  const clip = Math.min(1, recipe.clipNorm / norm);
  const rate = learningRate(recipe, made);
  const [beta1, beta2] = recipe.betas;
  const [unbias1, unbias2] = [1 - beta1 ** made, 1 - beta2 ** made];
  for (const [name, { shape, values }] of parameters) {
    const gradient = gradients[name]!;
    const first = moments.first.get(name)!;
    const second = moments.second.get(name)!;
    const keep = shape.length > 1 ? 1 - rate * recipe.weightDecay : 1;
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i]! * clip;
      first[i] = beta1 * first[i]! + (1 - beta1) * g;
      second[i] = beta2 * second[i]! + (1 - beta2) * g * g;
      const change = first[i]! / unbias1 / (Math.sqrt(second[i]! / unbias2) + recipe.epsilon);
      values[i] = keep * values[i]! - rate * change;
    }
  }
}

/** Learning rate after `made` steps of this recipe's own (the first is 1): linear warm-up, then a cosine down to the last one. */
export function learningRate(recipe: Schedule, made: number): number {
  const { learningRate: highest, lastLearningRate: lowest, warmupSteps, steps, start } = recipe;
  if (made <= warmupSteps) return highest * made / warmupSteps;
  const progress = (made - warmupSteps) / (steps - (start?.step ?? 0) - warmupSteps);
  return lowest + (highest - lowest) * (1 + Math.cos(Math.PI * progress)) / 2;
}
