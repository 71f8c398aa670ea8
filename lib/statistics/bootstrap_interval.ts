/** An interval for a statistic of few samples. */

// @ts-types="@types/d3-array"
import { quantileSorted } from "d3-array";
import { checkCount, MOST_DRAWS } from "../options/check_count.ts";
import { MT19937, randomInterval } from "../numpy/mt19937.ts";

/** A percentile interval, or the reason why there is none; then both ends are NaN. */
export interface BootstrapInterval {
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
  /** Resamples for which the statistic exists. */
  readonly draws: number;
  /** `"ok"`, or why there is no interval. */
  readonly status:
    | "ok"
    | "fewer than two samples"
    | "no resample has a value"
    | "a resample is infinite";
}

/**
 * Take the percentile bootstrap interval of a statistic.
 *
 * @param weights Resamples as multiplicities, row-major [draws × size], from {@linkcode resampleWeights}; using
 * the same for two quantities pairs them.
 * @param statistic The statistic of a resample, given the multiplicity of every sample; NaN where it has none.
 * @param level Share of the resamples inside, 0 to 1; 0.95 unless given.
 * @returns The interval between the two percentiles, interpolated linearly.
 * @throws {RangeError} If the level is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { bootstrapInterval, resampleWeights } from "neuromfa/statistics";
 *
 * const values = [1, 2, 3, 4];
 * const mean = (times: Uint32Array) => values.reduce((sum, v, i) => sum + v * times[i]! / 4, 0);
 * const { low, high } = bootstrapInterval(resampleWeights(4, 2000, 0), 4, mean);
 * equal(low, 1.5);
 * equal(high, 3.5);
 * ```
 */
export function bootstrapInterval(
  weights: Uint32Array,
  size: number,
  statistic: (times: Uint32Array) => number,
  level = 0.95,
): BootstrapInterval {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(
      `The level must lie between 0 and 1, but it is ${level}; 0.95 is the default`,
    );
  }
  if (size < 2) return { low: NaN, high: NaN, draws: 0, status: "fewer than two samples" };
  const resample = (draw: number) => weights.subarray(draw * size, (draw + 1) * size);
  return percentileInterval(weights.length / size, (draw) => statistic(resample(draw)), level);
}

/** The same of a statistic that knows its resamples by their numbers. */
export function percentileInterval(
  resamples: number,
  statistic: (draw: number) => number,
  level: number,
): BootstrapInterval {
  const values = Float64Array.from({ length: resamples }, (_, draw) => statistic(draw))
    .filter((value) => !Number.isNaN(value));
  const draws = values.length;
  if (draws === 0) return { low: NaN, high: NaN, draws, status: "no resample has a value" };
  if (!values.every(Number.isFinite)) {
    return { low: NaN, high: NaN, draws, status: "a resample is infinite" };
  }
  const sorted = Array.from(values.sort()), tail = (1 - level) / 2;
  const [low, high] = [tail, 1 - tail].map((share) => quantileSorted(sorted, share)!);
  return { low: low!, high: high!, draws, status: "ok" };
}

/** A gigabyte of multiplicities. */
const MOST_WEIGHTS = 2 ** 28;

/**
 * Draw bootstrap resamples of `size` things: how often each of them is drawn when `size` are drawn with
 * replacement.
 *
 * @param seed Seed of the generator; the same seed gives the same resamples everywhere.
 * @returns Multiplicities, row-major [draws × size]; every row sums to `size`.
 * @throws {RangeError} If `draws` is no integer from 1 to a million, they take more than a gigabyte, or the seed is out of range.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { resampleWeights } from "neuromfa/statistics";
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
