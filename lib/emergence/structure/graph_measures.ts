/** What graph theory says of a graph of neurons: communities, clustering, distances. */

import louvainModule, { type DetailedLouvainOutput } from "graphology-communities-louvain";
import { singleSourceLength } from "graphology-shortest-path";
import { MT19937 } from "../../numpy/mt19937.ts";
import type { NeuronGraph } from "./strong_edges.ts";

/** The package's declarations put its functions under `default`; they are on the module itself. */
const louvain = louvainModule as unknown as {
  detailed(
    graph: NeuronGraph,
    options: { readonly getEdgeWeight: "weight"; readonly rng: () => number },
  ): DetailedLouvainOutput;
};

/** Most neurons that ways are counted from. */
const MOST_SOURCES = 100;

/** The largest modularity that Louvain's method finds, weighted by |w|; 0 without an edge. */
export function modularityOf(graph: NeuronGraph, seed: number): number {
  if (graph.size === 0) return 0;
  const generator = new MT19937(seed);
  const rng = () => generator.next() / 2 ** 32;
  return louvain.detailed(graph, { getEdgeWeight: "weight", rng }).modularity;
}

/**
 * The share of paths over three edges that close to a square: the clustering of a graph without triangles (Robins and
 * Alexander, 2004), which a network of layers is. 0 where there is no such path.
 */
export function squareClustering(graph: NeuronGraph): number {
  let paths = 0;
  graph.forEachEdge((_, __, source, target) => {
    paths += (graph.degree(source) - 1) * (graph.degree(target) - 1);
  });
  if (paths === 0) return 0;
  // Two nodes with n common neighbours are opposite corners of n (n − 1) / 2 squares; a square has two such pairs.
  let corners = 0;
  graph.forEachNode((node) => {
    const common = new Map<string, number>();
    graph.forEachNeighbor(node, (between) => {
      graph.forEachNeighbor(between, (other) => {
        if (other > node) common.set(other, (common.get(other) ?? 0) + 1);
      });
    });
    for (const count of common.values()) corners += count * (count - 1) / 2;
  });
  const squares = corners / 2;
  return 4 * squares / paths;
}

/**
 * The mean number of edges of the shortest ways from neurons, at most 100 of them, to all others that are connected with them;
 * `null` without such a pair.
 */
export function meanPathLength(graph: NeuronGraph): number | null {
  let sum = 0, pairs = 0;
  const nodes = graph.nodes(), every = Math.max(1, nodes.length / MOST_SOURCES);
  for (let place = 0; place < nodes.length; place += every) {
    for (const length of Object.values(singleSourceLength(graph, nodes[Math.floor(place)]!))) {
      if (length === 0) continue;
      sum += length;
      pairs++;
    }
  }
  return pairs === 0 ? null : sum / pairs;
}
