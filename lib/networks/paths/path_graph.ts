/** The edges that directed paths may take, with their targets and integer lengths. */

import { type LinkedLayers, sampledNetwork, sourceRows } from "../network.ts";
import { roundHalfEven } from "../../numpy/round_half_even.ts";

/**
 * A directed graph with integer lengths, in compressed rows. Its first vertices are the network's nodes,
 * in the network's order; the others are neurons without an edge of their own, where paths can only end.
 */
export interface PathGraph {
  /** Nodes of the network that {@linkcode sampledNetwork} builds from the same links. */
  readonly nodes: number;
  /** Edges of that network, whether a path may take them or not. */
  readonly edges: number;
  readonly vertices: number;
  /** `offsets[i] … offsets[i + 1]` are vertex i's entries in the arrays below; length = vertices + 1. */
  readonly offsets: Uint32Array;
  /** The vertex that each edge reaches. */
  readonly targets: Int32Array;
  /** Rounded length of each edge times the scale, at least 1. */
  readonly lengths: Int32Array;
  /** 1 where the edge may be the first of a path; 0 where it may only continue one. */
  readonly opens: Uint8Array;
}

/**
 * List the edges that paths may take, each rounded half to even by itself: those of length 1 < d ≤ threshold,
 * as in box growing, and the fixed attention pattern's, whose length is exactly 1, but never as the first
 * edge of a path.
 *
 * Without the pattern no path would lead from query, key and value to the attention output, and box growing's
 * lower bound keeps the pattern from giving its sources masses: both hold here. If a path could begin with it,
 * all keys and values of a block would have one and the same mass function (every attention output at length
 * 1) and, being two thirds of their layer, pull the average to a number that no weight of theirs decides: in a
 * sampled network of width 128, alpha_0 over two layers from 0.73 to 0.55. A learned edge of length 1 or less
 * stays out everywhere, as in box growing.
 */
export function pathGraph(linked: LinkedLayers, threshold: number, scale: number): PathGraph {
  const network = sampledNetwork(linked);
  const nodes = network.nodeIds.length, edges = network.lengths.length;
  const vertexOf = new Map(Array.from(network.nodeIds, (id, i) => [id, i]));
  const starts = new Uint32Array(nodes + 1);
  const targets = new Int32Array(edges), lengths = new Int32Array(edges);
  const opens = new Uint8Array(edges);
  let taken = 0, edge = 0;
  for (const { id, link, row } of sourceRows(linked.links)) {
    const node = vertexOf.get(id);
    if (node === undefined || node >= nodes) continue;
    const fixed = linked.layers[link.layer]?.learned === false;
    const width = link.targets.length;
    for (let j = 0; j < width; j++) {
      // The network lists the same edges in the same order, without those of weight zero.
      if (link.weights[row * width + j] === 0) continue;
      const length = network.lengths[edge++]!;
      const first = length > 1;
      if (!(length <= threshold && (first || (fixed && length === 1)))) continue;
      const target = link.targets[j]!;
      let vertex = vertexOf.get(target);
      if (vertex === undefined) vertexOf.set(target, vertex = vertexOf.size);
      targets[taken] = vertex;
      lengths[taken] = roundHalfEven(length * scale);
      opens[taken++] = first ? 1 : 0;
    }
    starts[node + 1] = taken;
  }
  const vertices = vertexOf.size;
  const offsets = new Uint32Array(vertices + 1).fill(taken);
  offsets.set(starts);
  return {
    ...{ nodes, edges, vertices, offsets, targets: targets.slice(0, taken) },
    ...{ lengths: lengths.slice(0, taken), opens: opens.slice(0, taken) },
  };
}
