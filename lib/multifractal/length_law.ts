/** Which lengths an edge may have, and how probably: what is known of weights without a network. */

import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { lengthBins } from "../networks/full/length_bins.ts";
import { roundHalfEven } from "../numpy/round_half_even.ts";

/** How lengths are counted. */
export interface LengthLawOptions {
  /** Longest edge that counts, before rounding. */
  readonly threshold: number;
  /** Decimals that lengths are rounded to. */
  readonly digits: number;
}

/** The probability of each rounded length of an edge, of independent weights. */
export interface LengthLaw extends LengthLawOptions {
  /** By bin, a rounded length times `10 ** digits`, from 0; what is missing to 1 is out of bounds, or no edge. */
  readonly within: Float64Array;
}

/**
 * The lengths `1 / |w|` of Gaussian weights around 0: `P(1 < d ≤ r) = 2 (Φ(−1 / (r sigma)) − Φ(−1 / sigma))`.
 *
 * @param sigma Standard deviation of the weights, above 0.
 * @throws {RangeError} If it is not above 0, or there would be too many rounded lengths.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussianLengths } from "neuromfa/multifractal";
 *
 * const { within } = gaussianLengths(0.05, { threshold: 150, digits: 0 });
 * const sum = within.reduce((sum, probability) => sum + probability, 0);
 * assert.equal(sum.toFixed(4), "0.8939"); // P(|w| ≥ 1 / 150)
 * ```
 */
export function gaussianLengths(
  sigma: number,
  { threshold, digits }: LengthLawOptions,
): LengthLaw {
  if (!(sigma > 0 && sigma < Infinity)) {
    throw new RangeError(`sigma must be a number above 0, but it is ${sigma}`);
  }
  const { largest, scale } = lengthBins(1, threshold, digits);
  const up = (length: number) => {
    const bounded = Math.min(Math.max(length, 1), threshold);
    return 2 * normalCdf(-1 / bounded, 0, sigma);
  };
  const within = Float64Array.from(
    { length: largest + 1 },
    (_, bin) => up((bin + 0.5) / scale) - up((bin - 0.5) / scale),
  );
  return { threshold, digits, within };
}

/**
 * The lengths of weights drawn from some values: their own distribution, in random places.
 *
 * @param weights The values; a weight of 0 is no edge.
 * @throws {RangeError} If there is none, one is not finite, or there would be too many rounded lengths.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { observedLengths } from "neuromfa/multifractal";
 *
 * const { within } = observedLengths([0.5, -0.25, 0, 2], { threshold: 150, digits: 0 });
 * assert.deepEqual([...within.subarray(0, 6)], [0, 0, 0.25, 0, 0.25, 0]);
 * ```
 */
export function observedLengths(
  weights: ArrayLike<number>,
  options: LengthLawOptions,
): LengthLaw {
  const counter = new LengthCounter(options);
  counter.add(weights);
  return counter.law();
}

/** Counts the lengths of weights that come piece by piece. */
export class LengthCounter {
  readonly #bins;
  readonly #counts: Float64Array;
  #weights = 0;

  constructor(private readonly options: LengthLawOptions) {
    this.#bins = lengthBins(1, options.threshold, options.digits);
    this.#counts = new Float64Array(this.#bins.largest + 1);
  }

  /** Count some weights times a scale; throws if one is not finite. */
  add(weights: ArrayLike<number>, times = 1): void {
    const { threshold, scale } = this.#bins;
    for (let i = 0; i < weights.length; i++) {
      const length = 1 / Math.abs(weights[i]! * times);
      if (!(length > 0)) throw new RangeError(`a weight is ${weights[i]}; give finite numbers`);
      if (length > 1 && length <= threshold) this.#counts[roundHalfEven(length * scale)]!++;
    }
    this.#weights += weights.length;
  }

  /** The law of what was counted. */
  law(): LengthLaw {
    if (this.#weights === 0) throw new RangeError("there is no weight; give at least one");
    const { threshold, digits } = this.options;
    return { threshold, digits, within: this.#counts.map((count) => count / this.#weights) };
  }
}
