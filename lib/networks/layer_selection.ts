/** Which layers' neurons are measured. */

import type { NeuronLayer } from "../architectures/architecture.ts";
import { nearestName } from "../messages/nearest_name.ts";
import type { NeuronInteractionNetwork } from "./network.ts";

/** Indices of the layers of some names or roles, or all; never the last, which no edge leaves. */
export function chosenLayers(layers: readonly NeuronLayer[], wanted?: readonly string[]): number[] {
  const all = [...layers.keys()].slice(0, -1);
  if (wanted === undefined) return all;
  const known = all.flatMap((layer) => [layers[layer]!.role, layers[layer]!.name]);
  if (wanted.length === 0) {
    throw new RangeError(`layers is empty; name at least one, such as "${known[0]}"`);
  }
  for (const name of wanted) {
    if (known.includes(name)) continue;
    throw new RangeError(
      `No layer that edges come from has the name or role "${name}"; ` +
        `did you mean "${nearestName(name, known)}"?`,
    );
  }
  return all.filter((layer) =>
    wanted.includes(layers[layer]!.name) || wanted.includes(layers[layer]!.role)
  );
}

/** Leave only the nodes of some layers, each with all its out-edges. Layers keep their places. */
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
