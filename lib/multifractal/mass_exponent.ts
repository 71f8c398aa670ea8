/** The mass exponent tau(q). */
import { regressionOn } from "./linear_regression.ts";
import type { PartitionFunction } from "./partition_function.ts";

/** tau(q) with the evidence for every fit; all arrays have one entry for each order. */
export interface MassExponent {
  /** Orders, in the order asked for. */
  readonly q: Float64Array;
  /** Slope of `ln Z_q(r)` against `ln(r / d)`. */
  readonly tau: Float64Array;
  /** Value of the fitted line at r = d. */
  readonly intercept: Float64Array;
  /** Correlation coefficient of the fit. */
  readonly rValue: Float64Array;
  /** Two-sided p value of the slope. */
  readonly pValue: Float64Array;
  /** Standard error of the slope. */
  readonly stderr: Float64Array;
}

/**
 * Fit tau(q), the slope of `ln Z_q(r)` against `ln(r / d)` by ordinary least squares over all radii
 * (Xiao et al., ICLR 2025, arXiv 2402.09099). Where q = 0 is among the orders its tau is exactly 0.
 *
 * @param partition The partition function.
 * @returns The exponents and the quality of every fit.
 * @throws {RangeError} If there are fewer than two radii.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { massExponent } from "neuromfa";
 *
 * const { tau } = massExponent({
 *   q: Float64Array.of(2),
 *   radii: Float64Array.of(1, 4),
 *   logRadii: Float64Array.of(-2, 0),
 *   logZ: Float64Array.of(-3, 0),
 * });
 * equal(tau[0], 1.5);
 * ```
 */
export function massExponent({ q, logRadii, logZ }: PartitionFunction): MassExponent {
  if (logRadii.length < 2) {
    throw new RangeError(
      `A mass exponent needs at least two radii, but there is ${logRadii.length}; raise the threshold.`,
    );
  }
  const fit = regressionOn(logRadii);
  const empty = () => new Float64Array(q.length);
  const result = {
    q,
    tau: empty(),
    intercept: empty(),
    rValue: empty(),
    pValue: empty(),
    stderr: empty(),
  };
  for (let o = 0; o < q.length; o++) {
    const line = fit(logZ, o * logRadii.length);
    result.tau[o] = line.slope;
    result.intercept[o] = line.intercept;
    result.rValue[o] = line.rValue;
    result.pValue[o] = line.pValue;
    result.stderr[o] = line.stderr;
  }
  return result;
}
