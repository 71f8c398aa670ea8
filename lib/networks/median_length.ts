/** The scale of a network's edge lengths, for thresholds that are relative to it. */

import type { NeuronInteractionNetwork } from "./network.ts";

/**
 * The median edge length of some networks together, edges of fixed patterns left out; the lower of the two middle
 * ones where their number is even, so that it is a length that occurs.
 *
 * @throws {RangeError} If the networks have no edge that is a weight of the model.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { medianLength } from "neuromfa/networks";
 *
 * const median = medianLength([{
 *   nodeIds: Int32Array.of(7), nodeLayers: Uint16Array.of(0),
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   offsets: Uint32Array.of(0, 3), lengths: Float64Array.of(8, 2, 5),
 * }]);
 * equal(median, 5);
 * ```
 */
export function medianLength(networks: readonly NeuronInteractionNetwork[]): number {
  const parts = networks.flatMap(({ nodeLayers, layers, offsets, lengths }) =>
    Array.from(nodeLayers.keys())
      .filter((node) => layers[nodeLayers[node]!]!.learned)
      .map((node) => lengths.subarray(offsets[node]!, offsets[node + 1]!))
  );
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  if (all.length === 0) {
    throw new RangeError("the networks have no weight of the model to take the median of");
  }
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all.sort()[(all.length - 1) >> 1]!;
}
