/** How heavy the tail of some values is. */
// @ts-types="@types/d3-array"
import { quickselect } from "d3-array";

/** A tail exponent with its evidence, or the reason why there is none; then the numbers are NaN. */
export interface HillExponent {
  /** `"ok"`, or why there is no exponent. */
  readonly status: "ok" | "too few positive values" | "the largest values are equal";
  /** The exponent a of a tail in which the share of values above x falls as `x ** -a`: small is heavy. */
  readonly exponent: number;
  /** Its standard error if the tail is of that form and values are independent: `a / √k`. */
  readonly stderr: number;
}

/**
 * Hill's estimate of a tail exponent (Hill, 1975): `k / Σ ln(x_i / x_(k+1))` over the k largest values, x_(k+1) being the next.
 *
 * @param values Values from 0; they are put in another order.
 * @param k How many of the largest are the tail.
 * @throws {RangeError} If k is no positive integer.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { hillExponent } from "neuromfa";
 *
 * equal(hillExponent(Float64Array.of(1, Math.E, 1, Math.E ** 3), 2).exponent.toFixed(12), "0.500000000000");
 * ```
 */
export function hillExponent(values: Float64Array, k: number): HillExponent {
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(`The tail must be a positive number of values, but k is ${k}.`);
  }
  const none = (status: HillExponent["status"]) => ({ status, exponent: NaN, stderr: NaN });
  const next = values.length - k - 1;
  if (next < 0) return none("too few positive values");
  quickselect(values as unknown as ArrayLike<number> & number[], next);
  const threshold = values[next]!;
  if (!(threshold > 0)) return none("too few positive values");
  let sum = 0;
  for (let i = next + 1; i < values.length; i++) sum += Math.log(values[i]! / threshold);
  if (sum === 0) return none("the largest values are equal");
  return { status: "ok", exponent: k / sum, stderr: k / sum / Math.sqrt(k) };
}
