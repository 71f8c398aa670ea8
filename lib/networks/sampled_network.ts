/** Links between drawn neurons, turned into a network. */
import type { LinkedLayers } from "./link.ts";
import type { NeuronInteractionNetwork } from "./neuron_interaction_network.ts";
import { sourceRows } from "./source_rows.ts";

/**
 * Build the neuron interaction network of some links: an edge of length `1 / |w|` for every weight that
 * is not zero, nodes in ascending id, each node's edges in the order of the links.
 *
 * @param linked Layers and the links between them.
 * @returns The network; neurons without an edge of their own are left out.
 * @throws {RangeError} If a weight is not finite.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { sampledNetwork } from "neuromfa";
 *
 * const network = sampledNetwork({
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   links: [{
 *     layer: 0,
 *     sources: Int32Array.of(3, 1),
 *     targets: Int32Array.of(5, 4),
 *     weights: Float64Array.of(0.5, 0, -0.25, 2),
 *   }],
 * });
 * deepEqual([...network.nodeIds], [1, 3]);
 * deepEqual([...network.lengths], [4, 0.5, 2]);
 * ```
 */
export function sampledNetwork({ layers, links }: LinkedLayers): NeuronInteractionNetwork {
  const lengths = new Float64Array(links.reduce((sum, { weights }) => sum + notZero(weights), 0));
  const nodeIds: number[] = [], nodeLayers: number[] = [], offsets = [0];
  let edges = 0;
  for (const { id, link: { layer, targets, weights }, row } of sourceRows(links)) {
    const before = edges;
    for (let k = row * targets.length; k < (row + 1) * targets.length; k++) {
      const length = 1 / Math.abs(weights[k]!);
      // Weights of 0 and those that are not finite are the ones whose length is not.
      if (!(length > 0 && length < Infinity) && !isEdge(weights[k]!)) {
        if (weights[k] === 0) continue;
        throw new RangeError(
          `The weight from neuron ${id} to ${targets[k - row * targets.length]} (${
            layers[layer]?.name
          }) is ${weights[k]}; a checkpoint with such weights cannot be measured.`,
        );
      }
      lengths[edges++] = length;
    }
    if (edges === before) continue;
    if (nodeIds.at(-1) === id) offsets.pop();
    else {
      nodeIds.push(id);
      nodeLayers.push(layer);
    }
    offsets.push(edges);
  }
  return {
    nodeIds: Int32Array.from(nodeIds),
    nodeLayers: Uint16Array.from(nodeLayers),
    layers,
    offsets: Uint32Array.from(offsets),
    lengths,
  };
}

/** A weight can be so small that its length is infinite. */
function isEdge(weight: number): boolean {
  return weight !== 0 && Number.isFinite(weight);
}

function notZero(weights: Float64Array): number {
  let count = 0;
  for (let k = 0; k < weights.length; k++) count += +(weights[k] !== 0);
  return count;
}
