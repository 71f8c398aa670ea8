/** The mass exponent tau(q). */

import { regressionOn, type StraightLine } from "../statistics/linear_regression.ts";
import { type PartitionFunction, relativeLogRadii } from "./partition_function.ts";
import type { MassTable } from "../networks/mass_table.ts";
import { sumLogMasses } from "./partition_sums.ts";

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
  /** Standard error of the slope. */
  readonly stderr: Float64Array;
}

/**
 * Fit tau(q), the slope of `ln Z_q(r)` against `ln(r / d)` by ordinary least squares over all radii
 * (Xiao et al., ICLR 2025, arXiv 2402.09099). Where q = 0 is among the orders its tau is exactly 0.
 *
 * @throws {RangeError} If there are fewer than two radii.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { massExponent } from "neuromfa/multifractal";
 *
 * const { tau } = massExponent({
 *   q: Float64Array.of(2), radii: Float64Array.of(1, 4), logRadii: Float64Array.of(-2, 0),
 *   logZ: Float64Array.of(-3, 0),
 * });
 * equal(tau[0], 1.5);
 * ```
 */
export function massExponent({ q, logRadii, logZ }: PartitionFunction): MassExponent {
  if (logRadii.length < 2) {
    throw new RangeError(
      `A mass exponent needs at least two radii, but there is ${logRadii.length}; raise the threshold`,
    );
  }
  const fit = regressionOn(logRadii);
  const lines = Array.from(q, (_, o) => fit(logZ, o * logRadii.length));
  const all = (column: Exclude<keyof StraightLine, "status">) =>
    Float64Array.from(lines, (line) => line[column]);
  return {
    ...{ q, tau: all("slope"), intercept: all("intercept") },
    ...{ rValue: all("rValue"), stderr: all("stderr") },
  };
}

/**
 * Compute alpha_0 = tau'(0) exactly. Differentiating the partition function at q = 0 gives the mean of
 * `ln p_i(r)` over nodes, so alpha_0 is its least-squares slope on `ln(r / d)`: no q grid, no maximum to
 * look for, and so none of the rounding noise that decides between two neighbours of q = 0.
 *
 * @returns The Lipschitz–Hölder exponent at q = 0, or NaN with fewer than two radii.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { analyticAlpha0 } from "neuromfa/multifractal";
 *
 * // One node with masses 2 and 8 at radii 1 and 4: ln(8 / 2) / ln(4 / 1) is 1.
 * const alpha0 = analyticAlpha0({
 *   radii: Float64Array.of(1, 4), counts: Uint32Array.of(1, 6),
 *   selected: Uint32Array.of(0), nodes: 1, edges: 7,
 * });
 * equal(alpha0.toFixed(12), "1.000000000000");
 * ```
 */
export function analyticAlpha0(masses: MassTable): number {
  return analyticAlpha0Of(masses.radii, sumLogMasses(masses), masses.selected.length);
}

/** The same from the sums `Σ_i ln M_i(r)` over nodes. */
export function analyticAlpha0Of(radii: Float64Array, sums: Float64Array, nodes: number): number {
  // ln of the total mass is the same at every radius: it moves the line, not its slope.
  return regressionOn(relativeLogRadii(radii))(sums.map((sum) => sum / nodes)).slope;
}
