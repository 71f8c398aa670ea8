/** Seeded bootstrap resamples, drawn once and used for every step. */
import { checkCount, MOST_DRAWS } from "../networks/check_count.ts";
import { MT19937 } from "../networks/mt19937.ts";
import { randomInterval } from "../networks/random_interval.ts";

/** A gigabyte of multiplicities. */
const MOST_WEIGHTS = 2 ** 28;

/**
 * Draw bootstrap resamples of `size` things: how often each of them is drawn when `size` are drawn with
 * replacement.
 *
 * @param size Number of things, at least 1.
 * @param draws Number of resamples.
 * @param seed Seed of the generator; the same seed gives the same resamples everywhere.
 * @returns Multiplicities, row-major [draws × size]; every row sums to `size`.
 * @throws {RangeError} If `draws` is no integer from 1 to a million, they take more than a gigabyte, or the seed is out of range.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { resampleWeights } from "neuromfa";
 *
 * const weights = resampleWeights(4, 1, 0);
 * equal(weights.reduce((sum, times) => sum + times, 0), 4);
 * ```
 */
export function resampleWeights(size: number, draws: number, seed: number): Uint32Array {
  checkCount("draws", draws, Math.min(MOST_DRAWS, Math.floor(MOST_WEIGHTS / size)));
  const generator = new MT19937(seed);
  const weights = new Uint32Array(draws * size);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < size; i++) weights[draw * size + randomInterval(generator, size - 1)]!++;
  }
  return weights;
}
