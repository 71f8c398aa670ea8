/** A power law fitted to the upper part of some values. */

// @ts-types="@types/d3-array"
import { quickselect } from "d3-array";

/** A power law with its evidence, or the reason why there is none; then the numbers are NaN. */
export interface PowerLawFit {
  /** `"ok"`, or why no power law could be fitted. */
  readonly status:
    | "ok"
    | "a value is not finite"
    | "fewer than two positive values"
    | "all values are equal";
  /** The exponent a of the density `x ** -a` from {@linkcode xmin} on. */
  readonly exponent: number;
  /** Its standard error, `(a − 1) / √n` for n values in the tail. */
  readonly stderr: number;
  /** Where the tail begins: one of the values. */
  readonly xmin: number;
  /** Greatest distance of the tail's empirical distribution function from the fitted one. */
  readonly distance: number;
  /** Number of values in the tail. */
  readonly tail: number;
}

/**
 * Fit a power law as WeightWatcher does (Martin, Peng and Mahoney, 2021) after Clauset, Shalizi and Newman (2009): for each
 * value as the beginning of the tail the exponent of greatest likelihood, `1 + n / Σ ln(x_i / xmin)`, and of all
 * beginnings but the largest value the one with the least Kolmogorov–Smirnov distance. As there, the empirical function is
 * taken just below each value. It is a fit, no test of whether the tail is a power law.
 *
 * @param values The values; those that are not positive are left out, and there is no fit if one is NaN or infinite.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { powerLawFit } from "neuromfa/statistics";
 *
 * // Quantiles of the density 1.5 · x ** -2.5 from 1 on.
 * const values = Array.from({ length: 200 }, (_, i) => (1 - i / 200) ** (-1 / 1.5));
 * equal(powerLawFit(values).exponent.toFixed(1), "2.5");
 * ```
 */
export function powerLawFit(values: ArrayLike<number>): PowerLawFit {
  const all = Float64Array.from(values);
  if (!all.every(Number.isFinite)) return none("a value is not finite");
  const sorted = all.filter((value) => value > 0).sort();
  if (sorted.length < 2) return none("fewer than two positive values");
  if (sorted[0] === sorted.at(-1)) return none("all values are equal");
  const logs = sorted.map(Math.log);
  let best = none("all values are equal");
  let sum = logs.at(-1)!;
  for (let i = sorted.length - 2; i >= 0; i--) {
    sum += logs[i]!;
    const tail = sorted.length - i;
    const above = sum - tail * logs[i]!;
    if (!(above > 0)) continue; // the values from here on are equal
    const exponent = 1 + tail / above;
    let distance = 0;
    for (let j = i; j < sorted.length; j++) {
      const fitted = 1 - Math.exp((1 - exponent) * (logs[j]! - logs[i]!));
      distance = Math.max(distance, Math.abs(fitted - (j - i) / tail));
    }
    // Of equally good fits the one with the longer tail is kept.
    if (best.status === "ok" && distance > best.distance) continue;
    const stderr = (exponent - 1) / Math.sqrt(tail);
    best = { status: "ok", exponent, stderr, xmin: sorted[i]!, distance, tail };
  }
  return best;
}

function none(status: PowerLawFit["status"]): PowerLawFit {
  return { status, exponent: NaN, stderr: NaN, xmin: NaN, distance: NaN, tail: 0 };
}

/** A tail exponent with its evidence, or the reason why there is none; then the numbers are NaN. */
export interface HillExponent {
  /** `"ok"`, or why there is no exponent. */
  readonly status:
    | "ok"
    | "a value is not finite"
    | "too few positive values"
    | "the largest values are equal";
  /** The exponent a of a tail in which the share of values above x falls as `x ** -a`: small is heavy. */
  readonly exponent: number;
  /** Its standard error if the tail is of that form and values are independent: `a / √k`. */
  readonly stderr: number;
}

/**
 * Hill's estimate of a tail exponent (Hill, 1975): `k / Σ ln(x_i / x_(k+1))` over the k largest values, x_(k+1) being the next.
 *
 * @param values Values from 0; they are put in another order. There is no exponent if one is NaN or infinite.
 * @throws {RangeError} If k is no positive integer.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { hillExponent } from "neuromfa/statistics";
 *
 * equal(hillExponent(Float64Array.of(1, Math.E, 1, Math.E ** 3), 2).exponent.toFixed(12), "0.500000000000");
 * ```
 */
export function hillExponent(values: Float64Array, k: number): HillExponent {
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(`The tail must be a positive number of values, but k is ${k}`);
  }
  const none = (status: HillExponent["status"]) => ({ status, exponent: NaN, stderr: NaN });
  if (!values.every(Number.isFinite)) return none("a value is not finite");
  const next = values.length - k - 1;
  if (next < 0) return none("too few positive values");
  quickselect(values as unknown as ArrayLike<number> & number[], next);
  const threshold = values[next]!;
  if (!(threshold > 0)) return none("too few positive values");
  let sum = 0;
  for (let i = next + 1; i < values.length; i++) sum += logRatio(values[i]!, threshold);
  if (sum === 0) return none("the largest values are equal");
  return { status: "ok", exponent: k / sum, stderr: k / sum / Math.sqrt(k) };
}

/** ln(a / b), also where a / b is too large for a number. */
function logRatio(a: number, b: number): number {
  const ratio = a / b;
  return Number.isFinite(ratio) ? Math.log(ratio) : Math.log(a) - Math.log(b);
}
