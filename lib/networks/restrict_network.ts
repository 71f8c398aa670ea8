/** A network of some layers' neurons only. */
import type { NeuronInteractionNetwork } from "./neuron_interaction_network.ts";

/**
 * Leave only the nodes of some layers in a network, each with all its out-edges. Layers keep their places.
 *
 * @param network The network.
 * @param only Indices of the layers.
 */
export function restrictNetwork(
  { nodeIds, nodeLayers, layers, offsets, lengths }: NeuronInteractionNetwork,
  only: readonly number[],
): NeuronInteractionNetwork {
  const chosen = new Set(only);
  const kept = [...nodeLayers.keys()].filter((node) => chosen.has(nodeLayers[node]!));
  const ends = [0];
  for (const node of kept) ends.push(ends.at(-1)! + offsets[node + 1]! - offsets[node]!);
  const own = new Float64Array(ends.at(-1)!);
  kept.forEach((node, i) =>
    own.set(lengths.subarray(offsets[node]!, offsets[node + 1]!), ends[i]!)
  );
  return {
    nodeIds: Int32Array.from(kept, (node) => nodeIds[node]!),
    nodeLayers: Uint16Array.from(kept, (node) => nodeLayers[node]!),
    layers,
    offsets: Uint32Array.from(ends),
    lengths: own,
  };
}
