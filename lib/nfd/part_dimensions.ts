/** Node fractal dimensions from histograms of lengths. */

import type { FullNetworkPart } from "../networks/full/full_network_parts.ts";
import type { LengthBins } from "../networks/full/length_bins.ts";
import { dimensionOfCounts, type Nfd, type NodeStatus } from "./nfd.ts";

/** The statuses of nodes, by the number that stands for them in {@linkcode PartDimensions}. */
export const nodeStatuses: readonly NodeStatus[] = [
  "ok",
  "too few edges",
  "fewer than two radii",
  "never",
];

/** The fractal dimensions of those neurons of a layer that have an edge, ascending; all arrays have one entry for each. */
export interface PartDimensions {
  /** Their ids in the whole model. */
  readonly nodeIds: Int32Array;
  /** Their dimensions; 0 where they have none. */
  readonly values: Float64Array;
  /** Edges of length 0 < d ≤ threshold. */
  readonly edges: Uint32Array;
  /** 0 for a measured one; 1, 2, 3 for too few edges, fewer than two radii, never. */
  readonly statuses: Uint8Array;
}

/**
 * The fractal dimension of each neuron of a layer that has an edge, from histograms of their
 * weights, row-major [neurons × bins], to which edges of fixed patterns are added.
 */
export function partDimensions(
  { layer, firstNode, patterns }: Pick<FullNetworkPart, "layer" | "firstNode" | "patterns">,
  counts: Uint32Array,
  lengths: LengthBins,
  minimumEdges: number,
): PartDimensions {
  const { bins, largest, outside, scale, threshold } = lengths;
  const patternBin = threshold >= 1 ? scale : outside;
  const found: { id: number; value: number; edges: number; status: NodeStatus }[] = [];
  const dimension = dimensionOfCounts(lengths);
  for (let neuron = 0; neuron < layer.size; neuron++) {
    const start = neuron * bins;
    for (const { paired, targets } of patterns) {
      counts[start + patternBin]! += neuron < paired ? 1 : targets;
    }
    let edges = 0;
    for (let bin = 0; bin <= largest; bin++) edges += counts[start + bin]!;
    const all = edges + counts[start + outside]!;
    if (all === 0) continue;
    const id = firstNode + neuron;
    const value = !layer.learned || all <= minimumEdges
      ? "never"
      : edges <= minimumEdges
      ? "too few edges"
      : dimension(counts, start, edges) ?? "fewer than two radii";
    found.push(
      typeof value === "number"
        ? { id, value, edges, status: "ok" }
        : { id, value: 0, edges, status: value },
    );
  }
  return {
    nodeIds: Int32Array.from(found, ({ id }) => id),
    values: Float64Array.from(found, ({ value }) => value),
    edges: Uint32Array.from(found, ({ edges }) => edges),
    statuses: Uint8Array.from(found, ({ status }) => nodeStatuses.indexOf(status)),
  };
}

/** The fractal dimensions of a layer's neurons as a list. */
export function listDimensions(
  { nodeIds, values, edges, statuses }: PartDimensions,
  layer: number,
): Nfd[] {
  return Array.from(nodeIds, (nodeId, i) => ({
    nodeId,
    layer,
    value: values[i]!,
    edges: edges[i]!,
    status: nodeStatuses[statuses[i]!]!,
  }));
}
