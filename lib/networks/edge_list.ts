/** Edges as the published code stores them. */
import type { LinkedLayers } from "./link.ts";

/**
 * List every edge as a row `[x, y, w]`: source id, target id, weight, in the order in which the published
 * code makes and stores them.
 *
 * @param linked Layers and the links between them.
 * @returns Row-major [edges × 3]; zero weights are left out.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { edgeList } from "neuromfa";
 *
 * const rows = edgeList({
 *   layers: [{ name: "input", block: 0, role: "input", size: 4, learned: true }],
 *   links: [{
 *     layer: 0,
 *     sources: Int32Array.of(3, 1),
 *     targets: Int32Array.of(5, 4),
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
