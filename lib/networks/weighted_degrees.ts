/** How strongly each neuron is connected. */

import type { NeuronInteractionNetwork } from "./network.ts";

/**
 * The weighted degree of each neuron of a network: the sum of |w| over its out-edges, signs left out. Neurons whose edges are a
 * fixed pattern, and no weights, have none.
 *
 * @returns One number for each of the network's nodes, NaN for those whose edges are no weights.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sampledNetwork, weightedDegrees } from "neuromfa/networks";
 *
 * const network = sampledNetwork({
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   links: [{
 *     layer: 0, sources: Int32Array.of(1, 3), targets: Int32Array.of(4, 5),
 *     weights: Float64Array.of(0.5, 0.25, 0, -2),
 *   }],
 * });
 * assert.deepEqual([...weightedDegrees(network)], [0.75, 2]);
 * ```
 */
export function weightedDegrees(
  { nodeIds, nodeLayers, layers, offsets, lengths }: NeuronInteractionNetwork,
): Float64Array {
  return Float64Array.from(nodeIds, (_, node) => {
    if (!layers[nodeLayers[node]!]!.learned) return NaN;
    let sum = 0;
    for (let k = offsets[node]!; k < offsets[node + 1]!; k++) sum += 1 / lengths[k]!;
    return sum;
  });
}
