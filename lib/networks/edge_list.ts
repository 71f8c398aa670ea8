/** Edges as the published code stores them. */

import type { Link, LinkedLayers } from "./network.ts";
import type { NeuronLayer } from "../architectures/architecture.ts";
import { layerStarts } from "./link_layers.ts";

/**
 * List every edge as a row `[x, y, w]`: source id, target id, weight, in the order in which the published
 * code makes and stores them.
 *
 * @returns Row-major [edges × 3]; zero weights are left out.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { edgeList } from "neuromfa/networks";
 *
 * const rows = edgeList({
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   links: [{
 *     layer: 0, sources: Int32Array.of(3, 1), targets: Int32Array.of(5, 4),
 *     weights: Float64Array.of(0.5, 0, -0.25, 2),
 *   }],
 * });
 * deepEqual([...rows], [3, 5, 0.5, 1, 5, -0.25, 1, 4, 2]);
 * ```
 */
export function edgeList({ links }: LinkedLayers): Float64Array {
  let edges = 0;
  for (const { weights } of links) for (const weight of weights) if (weight !== 0) edges++;
  const rows = new Float64Array(3 * edges);
  let next = 0;
  for (const { sources, targets, weights } of links) {
    for (let i = 0, k = 0; i < sources.length; i++) {
      for (let j = 0; j < targets.length; j++, k++) {
        if (weights[k] === 0) continue;
        rows[next++] = sources[i]!;
        rows[next++] = targets[j]!;
        rows[next++] = weights[k]!;
      }
    }
  }
  return rows;
}

/**
 * Read rows `[x, y, w]`, source id, target id and weight, back into links: the inverse of {@linkcode edgeList}, with
 * a link for each run of rows that leave the same node.
 *
 * @param rows Row-major [edges × 3].
 * @param layers All layers of the model, which place its node ids; no edges leave the last.
 * @throws {RangeError} If a node is not of such a model.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linkedFromEdges, sampledNetwork } from "neuromfa/networks";
 *
 * const layer = (role: string, size: number) => ({ name: role, block: 0, role, size, learned: true });
 * const rows = Float64Array.of(3, 9, 0.5, 1, 8, -0.25, 1, 9, 2);
 * const network = sampledNetwork(linkedFromEdges(rows, [layer("input", 4), layer("output", 8)]));
 * assert.deepEqual([...network.nodeIds], [1, 3]);
 * assert.deepEqual([...network.lengths], [4, 0.5, 2]);
 * ```
 */
export function linkedFromEdges(rows: Float64Array, layers: readonly NeuronLayer[]): LinkedLayers {
  const sources = layers.slice(0, -1), starts = layerStarts(layers), lastNode = starts.at(-1)! - 1;
  const links: Link[] = [], edges = rows.length / 3;
  for (let first = 0, end = 0; first < edges; first = end) {
    const node = rows[3 * first]!;
    while (end < edges && rows[3 * end] === node) end++;
    const run = Array.from({ length: end - first }, (_, i) => 3 * (first + i));
    links.push({
      layer: layerOf(node, sources, starts),
      sources: Int32Array.of(node),
      targets: Int32Array.from(run, (at) => target(rows[at + 1]!, lastNode)),
      weights: Float64Array.from(run, (at) => rows[at + 2]!),
    });
  }
  return { layers: sources, links };
}

/** A node that an edge reaches. */
function target(node: number, last: number): number {
  if (Number.isInteger(node) && node >= 0 && node <= last) return node;
  throw new RangeError(`an edge reaches node ${node}, but such a model has the nodes 0 to ${last}`);
}

/** Index of the layer that a node belongs to. */
function layerOf(node: number, sources: readonly NeuronLayer[], starts: readonly number[]): number {
  const layer = starts.findLastIndex((start) => start <= node);
  if (Number.isInteger(node) && layer >= 0 && layer < sources.length) return layer;
  const last = starts[sources.length]! - 1;
  throw new RangeError(
    `an edge leaves node ${node}, but in such a model edges leave the nodes 0 to ${last}`,
  );
}
