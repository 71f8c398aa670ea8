/** tau(q) of a Cantor set, from its generator instead of from the edges of its network. */

import type { CantorNetworkOptions } from "../networks/cantor_network.ts";
import { qGrid } from "./q_grid.ts";

/**
 * The mass exponent that {@linkcode cantorNetwork} has in the limit of many divisions. With k of n divisions left, the n
 * intervals of a kind hold the same mass, so that the sum over nodes is `Z_q = (Σ (g / G)^q / m)^(n - k)` at
 * `r / d = b^-(n - k)`, and `tau(q) = -ln(Σ (g / G)^q / m) / ln b`: b the number of parts, g the masses of those m that
 * have any, G the sum of these. It is the tau of the measure, moved up by its dimension, since nodes are summed over and
 * not boxes. With lengths of the tree it holds at every depth.
 *
 * @param generator The mass of each part, as {@linkcode cantorNetwork} takes it.
 * @param q Orders; −3 to 3 by 0.1 unless given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cantorMassExponent } from "neuromfa/multifractal";
 *
 * const dimension = Math.log(2) / Math.log(3);
 * const tau = cantorMassExponent({ generator: [1, 0, 1] }, [1, 2]);
 * assert.ok(Math.abs(tau[0]! - dimension) < 1e-12 && Math.abs(tau[1]! - 2 * dimension) < 1e-12);
 * ```
 */
export function cantorMassExponent(
  { generator }: Pick<CantorNetworkOptions, "generator">,
  q: ArrayLike<number> = qGrid(),
): Float64Array {
  const masses = generator.filter((mass) => mass > 0);
  const whole = masses.reduce((sum, mass) => sum + mass, 0);
  return Float64Array.from(q, (order) => {
    const sum = masses.reduce((sum, mass) => sum + (mass / whole) ** order, 0);
    return -Math.log(sum / masses.length) / Math.log(generator.length) + 0;
  });
}

/** alpha_0 of a Cantor set: tau'(0), the mean of its local dimensions. */
export function cantorAlpha0({ generator }: Pick<CantorNetworkOptions, "generator">): number {
  const masses = generator.filter((mass) => mass > 0);
  const whole = masses.reduce((sum, mass) => sum + mass, 0);
  const mean = masses.reduce((sum, mass) => sum + Math.log(mass / whole) / masses.length, 0);
  return -mean / Math.log(generator.length);
}
