/** The strongest edges of a network as a graph, and the same number of edges in random places. */

import { UndirectedGraph } from "graphology";
import type { Link, LinkedLayers } from "../../networks/network.ts";
import { type MT19937, randomInterval } from "../../numpy/mt19937.ts";

/** A graph of neurons by their node ids, with |w| on its edges. */
export type NeuronGraph = UndirectedGraph<Record<never, never>, { readonly weight: number }>;

/** An edge of a link by its place in the link's weights. */
type Edge = Readonly<Record<"place" | "weight", number>>;

/**
 * The graph of the strongest edges of every link, whose weights are learned: `share` of them, at least one. Of edges that are
 * as strong the first is taken. Neurons without an edge are in it too.
 */
export function strongEdges({ layers, links }: LinkedLayers, share: number): NeuronGraph {
  return graphOf(learnedLinks({ layers, links }), (link) => {
    const edges = Array.from(link.weights, (weight, place) => ({ place, weight: Math.abs(weight) }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.place - b.place);
    return edges.slice(0, Math.max(1, Math.round(share * edges.length)));
  });
}

/** The same graph with the weights of each link permuted: as many edges, as strong, in random places. */
export function permutedEdges(
  { layers, links }: LinkedLayers,
  share: number,
  generator: MT19937,
): NeuronGraph {
  const permuted = links.map((link) => ({ ...link, weights: permute(link.weights, generator) }));
  return strongEdges({ layers, links: permuted }, share);
}

/** The links that are no fixed pattern. */
function learnedLinks({ layers, links }: LinkedLayers): Link[] {
  return links.filter(({ layer }) => layers[layer]!.learned);
}

function graphOf(links: readonly Link[], edgesOf: (link: Link) => readonly Edge[]): NeuronGraph {
  const graph: NeuronGraph = new UndirectedGraph();
  for (const { sources, targets } of links) {
    for (const node of [...sources, ...targets]) graph.mergeNode(node);
  }
  for (const link of links) {
    const { sources, targets } = link;
    for (const { place, weight } of edgesOf(link)) {
      const source = sources[Math.floor(place / targets.length)]!;
      graph.addEdge(source, targets[place % targets.length]!, { weight });
    }
  }
  return graph;
}

/** Fisher and Yates's shuffle of a copy. */
function permute(weights: Float64Array, generator: MT19937): Float64Array {
  const permuted = weights.slice();
  for (let i = permuted.length - 1; i > 0; i--) {
    const j = randomInterval(generator, i);
    [permuted[i], permuted[j]] = [permuted[j]!, permuted[i]!];
  }
  return permuted;
}
