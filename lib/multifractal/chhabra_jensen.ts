/** The spectrum without a numerical Legendre transform. */

import type { MassTable } from "../networks/mass_table.ts";
import { regressionOn } from "../statistics/linear_regression.ts";
import { relativeLogRadii } from "./partition_function.ts";

/** A spectrum estimated directly, with one entry for each order in every array. */
export interface ChhabraJensenSpectrum {
  /** Orders, in the order asked for. */
  readonly q: Float64Array;
  /** Lipschitz–Hölder exponents: slope of `Σ_i μ_i ln p_i` against `ln(r / d)`. */
  readonly alpha: Float64Array;
  /** Their dimensions, 0 at the top: slope of `Σ_i μ_i ln μ_i` against `ln(r / d)`. */
  readonly fAlpha: Float64Array;
  /** Correlation coefficients of the fits of alpha. */
  readonly rAlpha: Float64Array;
  /** Correlation coefficients of the fits of f; 0 at q = 0, where there is nothing to fit. */
  readonly rFAlpha: Float64Array;
}

/**
 * Estimate alpha(q) and f(q) directly from the normalised moments `μ_i(q, r) = p_i(r)^q / Z_q(r)`, each as the
 * least-squares slope of its own entropy (Chhabra and Jensen, Physical Review Letters 62, 1327, 1989), so that no
 * derivative is taken on a grid. The masses are those of box growing (Xiao et al., ICLR 2025, arXiv 2402.09099), a sum
 * over neurons and not over boxes that cover them: tau(0) and the top of f are 0 instead of the support's dimension.
 *
 * @returns alpha, f(alpha) and the quality of every fit. At q = 0 alpha is {@linkcode analyticAlpha0}.
 * @throws {RangeError} If no node is selected, there are fewer than two radii, or an order is not finite or so large that
 * powers of the masses leave the range of doubles.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { chhabraJensenSpectrum } from "neuromfa/multifractal";
 *
 * // One node whose mass doubles when the radius does: a single exponent, 1, at every order.
 * const { alpha, fAlpha } = chhabraJensenSpectrum({
 *   radii: Float64Array.of(1, 2, 4), counts: Uint32Array.of(1, 2, 4),
 *   selected: Uint32Array.of(0), nodes: 1, edges: 7,
 * }, [-2, 0, 2]);
 * equal(alpha[0]!.toFixed(12), "1.000000000000");
 * equal(Math.abs(fAlpha[2]!).toFixed(12), "0.000000000000");
 * ```
 */
export function chhabraJensenSpectrum(
  masses: MassTable,
  q: ArrayLike<number>,
): ChhabraJensenSpectrum {
  const { radii, selected } = masses;
  if (selected.length === 0 || radii.length < 2) {
    throw new RangeError(
      `A spectrum needs a node and two radii, but there are ${selected.length} nodes and ` +
        `${radii.length} radii; raise the threshold`,
    );
  }
  const orders = Float64Array.from(q);
  const fit = regressionOn(relativeLogRadii(radii));
  const logShares = logarithmsOfShares(masses);
  const first = new Float64Array(radii.length), entropy = new Float64Array(radii.length);
  const lines = Array.from(orders, (order) => {
    for (let j = 0; j < radii.length; j++) {
      let sum = 0, weighted = 0;
      for (let k = j; k < logShares.length; k += radii.length) {
        const power = Math.exp(order * logShares[k]!);
        sum += power;
        weighted += power * logShares[k]!;
      }
      if (!(Number.isFinite(weighted) && sum > 0)) {
        throw new RangeError(
          `The order q = ${order} is out of reach for these masses; keep |q| smaller`,
        );
      }
      first[j] = weighted / sum;
      entropy[j] = order * first[j]! - Math.log(sum); // Σ μ ln μ, since ln μ = q ln p − ln Z
    }
    return { alpha: fit(first), fAlpha: fit(entropy) };
  });
  return {
    q: orders,
    alpha: Float64Array.from(lines, ({ alpha }) => alpha.slope),
    fAlpha: Float64Array.from(lines, ({ fAlpha }) => fAlpha.slope),
    rAlpha: Float64Array.from(lines, ({ alpha }) => alpha.rValue),
    rFAlpha: Float64Array.from(lines, ({ fAlpha }) => fAlpha.rValue),
  };
}

/** `ln p_i(r)` of every node and radius, row-major [nodes × radii]. */
function logarithmsOfShares({ radii: { length: width }, counts }: MassTable): Float64Array {
  const result = new Float64Array(counts.length);
  for (let start = 0; start < counts.length; start += width) {
    let mass = 1;
    for (let k = start; k < start + width; k++) result[k] = Math.log(mass += counts[k]!);
    const total = result[start + width - 1]!;
    for (let k = start; k < start + width; k++) result[k]! -= total;
  }
  return result;
}
