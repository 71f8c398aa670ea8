/** Measures of structure beside E: modularity and small-worldness, against the same weights in random places. */

import type { LinkedLayers } from "../../networks/network.ts";
import { MT19937 } from "../../numpy/mt19937.ts";
import { type DefaultedOption, integer, number } from "../../options/option.ts";
import { OPTIONS, type SomeOptions } from "../../options/options.ts";
import { readOptions } from "../../options/read_options.ts";
import { meanPathLength, modularityOf, squareClustering } from "./graph_measures.ts";
import { permutedEdges, type StrongEdges, strongEdges } from "./strong_edges.ts";

/** How structure is measured. */
export interface NetworkStructureOptions extends SomeOptions<"seed"> {
  /** Share of the edges of each matrix that are in the graph, the strongest; default 0.1. */
  readonly share?: number;
  /** Networks with permuted weights to compare with; default 5. */
  readonly permutations?: number;
}

const STRUCTURE_OPTIONS = {
  share: number({
    ...{ above: 0, max: 1, default: 0.1, help: "share of the edges of each matrix, the strongest" },
  }) as DefaultedOption<number>,
  permutations: integer({
    ...{ min: 1, max: 10_000, default: 5, help: "networks with permuted weights to compare with" },
  }) as DefaultedOption<number>,
  seed: OPTIONS.seed,
};

/** The structure of one network, under the names of its columns; `null` is a number that there is not. */
export interface NetworkStructure {
  /** Neurons of the graph. */
  readonly neurons: number;
  /** Its edges. */
  readonly edges: number;
  /** How well the neurons of a matrix fall into communities, mean over matrices by their edges. */
  readonly modularity: number;
  /** The same of permuted weights, mean over the permutations. */
  readonly modularityNull: number;
  /** Share of paths over three edges that close to a square. */
  readonly clustering: number;
  /** The same of permuted weights. */
  readonly clusteringNull: number;
  /** Mean number of edges between connected neurons. */
  readonly pathLength: number | null;
  /** The same of permuted weights. */
  readonly pathLengthNull: number | null;
  /** `(clustering / clusteringNull) / (pathLength / pathLengthNull)`: above 1 a small world. */
  readonly smallWorldness: number | null;
  /** `"ok"`, or why there is no small-worldness or no way. */
  readonly status: string;
}

/**
 * Measure modularity and small-worldness of a sampled network, which the reviewers of the method asked for beside E (Xiao et
 * al., ICLR 2025, arXiv 2402.09099). A graph is made of the strongest edges of each matrix, weighted by |w|, directions left
 * out; the fixed pattern between query, key, value and attention output is left out. Modularity (Louvain's method) is that of
 * each matrix by itself, since otherwise the layers would be the communities. Ways are those from at most 100 neurons. Every
 * number stands beside that of the same weights permuted inside each matrix: a sparse random graph has modularity too.
 *
 * A network of layers has no triangles, and the usual clustering coefficient is 0. Squares take their place (Robins and
 * Alexander, 2004).
 *
 * @param linked The edges of a sample, with `edges: "sampled"`: with all out-edges, most neurons are ends of edges alone.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sampleNetworks } from "neuromfa";
 * import { networkStructure } from "neuromfa/statistics";
 *
 * const run = await openRun("suite:nano-32");
 * for await (const { linked } of sampleNetworks(run, { samples: 1, edges: "sampled", steps: [0] })) {
 *   const { modularity, modularityNull } = networkStructure(linked);
 *   assert.ok(Math.abs(modularity - modularityNull) < 0.05); // untrained weights are in random places
 * }
 * ```
 */
export function networkStructure(
  linked: LinkedLayers,
  options: NetworkStructureOptions = {},
): NetworkStructure {
  const read = readOptions("networkStructure", STRUCTURE_OPTIONS, options);
  const { share, permutations, seed } = read;
  const strong = strongEdges(linked, share);
  const own = measuresOf(strong, seed);
  const generator = new MT19937(seed);
  const nulls = Array.from(
    { length: permutations },
    () => measuresOf(permutedEdges(linked, share, generator), seed),
  );
  const mean = (of: (one: typeof own) => number) =>
    nulls.reduce((sum, one) => sum + of(one) / permutations, 0);
  const modularityNull = mean(({ modularity }) => modularity);
  const clusteringNull = mean(({ clustering }) => clustering);
  const pathLengthNull = nulls.some(({ pathLength }) => pathLength === null)
    ? null
    : mean(({ pathLength }) => pathLength!);
  const { pathLength } = own;
  const smallWorldness = clusteringNull === 0 || pathLength === null || pathLengthNull === null
    ? null
    : own.clustering / clusteringNull / (pathLength / pathLengthNull);
  const status = strong.all.size === 0
    ? "no edge: all weights are 0 or fixed"
    : pathLength === null || pathLengthNull === null
    ? "no small-worldness: no two neurons are connected"
    : clusteringNull === 0
    ? "no small-worldness: permuted weights have no square"
    : "ok";
  return Object.freeze({
    ...{ neurons: strong.all.order, edges: strong.all.size },
    ...{ modularity: own.modularity, modularityNull },
    ...{ clustering: own.clustering, clusteringNull },
    ...{ pathLength, pathLengthNull, smallWorldness, status },
  });
}

function measuresOf({ all, links }: StrongEdges, seed: number) {
  const modularity = links.reduce(
    (sum, link) => sum + modularityOf(link, seed) * link.size / Math.max(1, all.size),
    0,
  );
  return { modularity, clustering: squareClustering(all), pathLength: meanPathLength(all) };
}
