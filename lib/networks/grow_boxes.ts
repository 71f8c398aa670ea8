/** Box growing: from a network's edge lengths to the masses of its nodes. */

import {
  BOX_OPTIONS,
  type BoxOptions,
  boxScale,
  countsLength,
  readBoxOptions,
} from "./box_options.ts";
import { type MassTable, radiiOf } from "./mass_table.ts";
import type { NeuronInteractionNetwork } from "./network.ts";
import { INTEGERS_ONLY, roundHalfEven } from "../numpy/round_half_even.ts";

/** How boxes grow. */
export type BoxGrowingOptions = Partial<BoxOptions>;

/**
 * Grow boxes around every node: count its out-edges of length 1 < d ≤ threshold by rounded length (halves
 * to even), for the nodes that have more than `minimumEdges` of them (Xiao et al., ICLR 2025,
 * arXiv 2402.09099, and its published code).
 *
 * @returns The masses; with no node selected, a table without rows or radii.
 * @throws {RangeError} If an option is out of range, or the table would not fit in memory.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { growBoxes } from "neuromfa/networks";
 *
 * const masses = growBoxes({
 *   nodeIds: Int32Array.of(7), nodeLayers: Uint16Array.of(0),
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   offsets: Uint32Array.of(0, 4), lengths: Float64Array.of(1, 1.5, 2.5, 8),
 * }, { minimumEdges: 2 });
 * deepEqual([...masses.radii], [2, 8]);
 * deepEqual([...masses.counts], [2, 1]);
 * ```
 */
export function growBoxes(
  network: NeuronInteractionNetwork,
  options: BoxGrowingOptions = {},
): MassTable {
  const { threshold, minimumEdges, digits } = readBoxOptions("growBoxes", BOX_OPTIONS, options);
  const scale = boxScale(threshold, digits);
  const { nodeIds: { length: nodes }, offsets, lengths } = network;
  const largest = roundHalfEven(threshold * scale);
  const occurs = new Uint8Array(largest + 1);
  const keys = new Int32Array(lengths.length);
  const selected = new Uint32Array(nodes);
  let kept = 0;
  for (let i = 0; i < nodes; i++) {
    let within = 0;
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      const length = lengths[k]!;
      // Whether a length is within bounds cannot be foreseen by a processor, so there is arithmetic in place of a branch.
      const inside = +(length > 1) & +(length <= threshold);
      // Halves go to the even neighbour; 0 marks an edge that is out of bounds.
      keys[k] = (length * scale + INTEGERS_ONLY - INTEGERS_ONLY) & -inside;
      within += inside;
    }
    if (within <= minimumEdges) continue;
    selected[kept++] = i;
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) occurs[keys[k]!] = 1;
  }
  const { radii, column } = radiiOf(occurs, scale);
  const counts = new Uint32Array(countsLength(kept, radii.length, digits));
  for (let s = 0; s < kept; s++) {
    const i = selected[s]!, row = s * radii.length;
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      const key = keys[k]!;
      counts[row + column[key]!]! += -key >>> 31;
    }
  }
  return { radii, counts, selected: selected.slice(0, kept), nodes, edges: lengths.length };
}
