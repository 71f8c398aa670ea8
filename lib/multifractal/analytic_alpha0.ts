/** alpha_0 without a grid. */
import type { MassTable } from "../networks/mass_table.ts";
import { linearRegression } from "./linear_regression.ts";
import { relativeLogRadii } from "./relative_log_radii.ts";
import { sumLogMasses } from "./sum_log_masses.ts";

/**
 * Compute alpha_0 = tau'(0) exactly. Differentiating the partition function at q = 0 gives the mean of
 * `ln p_i(r)` over nodes, so alpha_0 is its least-squares slope on `ln(r / d)`: no q grid, no maximum to
 * look for, and so none of the rounding noise that decides between two neighbours of q = 0.
 *
 * @param masses The masses of the selected nodes, at least two radii.
 * @returns The Lipschitz–Hölder exponent at q = 0, or NaN with fewer than two radii.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { analyticAlpha0 } from "neuromfa";
 *
 * // One node with masses 2 and 8 at radii 1 and 4: ln(8 / 2) / ln(4 / 1) is 1.
 * const alpha0 = analyticAlpha0({
 *   radii: Float64Array.of(1, 4),
 *   counts: Uint32Array.of(1, 6),
 *   selected: Uint32Array.of(0),
 *   nodes: 1,
 *   edges: 7,
 * });
 * equal(alpha0.toFixed(12), "1.000000000000");
 * ```
 */
export function analyticAlpha0(masses: MassTable): number {
  return analyticAlpha0Of(masses.radii, sumLogMasses(masses), masses.selected.length);
}

/**
 * The same from the sums over nodes.
 *
 * @param radii Radii, ascending.
 * @param logMasses `Σ_i ln M_i(r)` for every radius.
 * @param nodes How many nodes the sums are over.
 */
export function analyticAlpha0Of(
  radii: Float64Array,
  logMasses: Float64Array,
  nodes: number,
): number {
  // ln of the total mass is the same at every radius: it moves the line, not its slope.
  return linearRegression(relativeLogRadii(radii), logMasses.map((sum) => sum / nodes)).slope;
}
