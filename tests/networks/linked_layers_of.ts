/** Makes layers and links out of plain lists of edges, for tests. */

import type { LinkedLayers } from "../../lib/networks/network.ts";

/** An edge: source, target and length; a negative length makes a negative weight. */
export type Edge = readonly [source: number, target: number, length: number];

/** One link for each list of edges, leaving layer 0, 1, 2, …; those in `fixed` are patterns, not learned. */
export function linkedLayersOf(lists: readonly Edge[][], fixed: readonly number[] = []) {
  const distinct = (ids: number[]) => Int32Array.from(new Set(ids));
  return {
    layers: lists.map((_, layer) => ({
      name: `layer ${layer}`,
      block: 0,
      role: "layer",
      size: 100,
      learned: !fixed.includes(layer),
    })),
    links: lists.map((edges, layer) => {
      const sources = distinct(edges.map(([source]) => source));
      const targets = distinct(edges.map(([, target]) => target));
      const weights = new Float64Array(sources.length * targets.length);
      for (const [source, target, length] of edges) {
        weights[sources.indexOf(source) * targets.length + targets.indexOf(target)] = 1 / length;
      }
      return { layer, sources, targets, weights };
    }),
  } satisfies LinkedLayers;
}
