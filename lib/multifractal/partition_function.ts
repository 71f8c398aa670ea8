/** The partition function of a network's masses. */

import type { MassTable } from "../networks/mass_table.ts";
import type { PartitionSums } from "./node_sums.ts";
import { partitionSums } from "./partition_sums.ts";

/** `ln Z_q(r)` for every order and radius. */
export interface PartitionFunction {
  /** Orders, in the order asked for. */
  readonly q: Float64Array;
  /** Radii, ascending. */
  readonly radii: Float64Array;
  /** `ln(r / d)` for every radius, d being the largest. */
  readonly logRadii: Float64Array;
  /** `ln Z_q(r)`, row-major [orders × radii]. */
  readonly logZ: Float64Array;
}

/**
 * Compute `ln Z_q(r)` with `Z_q(r) = Σ_i p_i(r)^q`, the sum over the selected nodes of their normalised
 * masses `p_i(r) = M_i(r) / M_i(d)` (Xiao et al., ICLR 2025, arXiv 2402.09099).
 *
 * @throws {RangeError} If no node is selected, there is no order, or an order is not finite or so large that
 * powers of the masses leave the range of doubles.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { partitionFunction } from "neuromfa/multifractal";
 *
 * const { logZ } = partitionFunction({
 *   radii: Float64Array.of(2, 5),
 *   counts: Uint32Array.of(1, 2, 3, 0), // masses 2, 4 of one node and 4, 4 of the other
 *   selected: Uint32Array.of(0, 1), nodes: 2, edges: 6,
 * }, [0, 1]);
 * deepEqual([...logZ], [Math.log(2), Math.log(2), Math.log(1.5), Math.log(2)]);
 * ```
 */
export function partitionFunction(masses: MassTable, q: ArrayLike<number>): PartitionFunction {
  if (masses.selected.length === 0) {
    throw new RangeError(
      "The mass table has no selected node; lower minimumEdges or raise the threshold",
    );
  }
  const orders = Float64Array.from(q);
  return partitionFunctionOf(orders, masses.radii, partitionSums(masses, orders));
}

/** The partition function from its sums. */
export function partitionFunctionOf(
  q: Float64Array,
  radii: Float64Array,
  { powers }: Pick<PartitionSums, "powers">,
): PartitionFunction {
  const logZ = new Float64Array(powers.length);
  for (let j = 0, s = 0; j < radii.length; j++) {
    for (let o = 0; o < q.length; o++, s++) logZ[o * radii.length + j] = Math.log(powers[s]!);
  }
  return { q, radii, logRadii: relativeLogRadii(radii), logZ };
}

/**
 * Compute `ln(r / d)` for every radius r, d being the largest.
 *
 * @param radii Radii, ascending.
 * @returns Logarithms from below 0 up to exactly 0.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { relativeLogRadii } from "neuromfa/multifractal";
 *
 * deepEqual([...relativeLogRadii(Float64Array.of(1, 2))], [Math.log(0.5), 0]);
 * ```
 */
export function relativeLogRadii(radii: Float64Array): Float64Array {
  const diameter = radii.at(-1)!;
  return radii.map((radius) => Math.log(radius / diameter));
}
