/** The strongest edges of a network as a graph, and the same number of edges in random places. */

import { UndirectedGraph } from "graphology";
import type { Link, LinkedLayers } from "../../networks/network.ts";
import { type MT19937, randomInterval } from "../../numpy/mt19937.ts";

/** A graph of neurons by their node ids, with |w| on its edges. */
export type NeuronGraph = UndirectedGraph<Record<never, never>, { readonly weight: number }>;

/** An edge of a link by its place in the link's weights. */
type Edge = Readonly<Record<"place" | "weight", number>>;

/** The graph of all strong edges, and that of each link by itself. */
export interface StrongEdges {
  readonly all: NeuronGraph;
  readonly links: readonly NeuronGraph[];
}

/**
 * The strongest edges of every link whose weights are learned, `share` of them, at least one. Of edges that are as strong the
 * first is taken. Neurons without an edge are in the graphs too.
 */
export function strongEdges({ layers, links }: LinkedLayers, share: number): StrongEdges {
  const strong = links.filter(({ layer }) => layers[layer]!.learned).map((link) => {
    const edges = Array.from(link.weights, (weight, place) => ({ place, weight: Math.abs(weight) }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.place - b.place);
    return { link, edges: edges.slice(0, Math.max(1, Math.round(share * edges.length))) };
  });
  return { all: graphOf(strong), links: strong.map((one) => graphOf([one])) };
}

/** The same graphs with the weights of each link permuted: as many edges, as strong, in random places. */
export function permutedEdges(
  { layers, links }: LinkedLayers,
  share: number,
  generator: MT19937,
): StrongEdges {
  const permuted = links.map((link) => ({ ...link, weights: permute(link.weights, generator) }));
  return strongEdges({ layers, links: permuted }, share);
}

function graphOf(strong: readonly { readonly link: Link; readonly edges: readonly Edge[] }[]) {
  const graph: NeuronGraph = new UndirectedGraph();
  for (const { link: { sources, targets } } of strong) {
    for (const node of [...sources, ...targets]) graph.mergeNode(node);
  }
  for (const { link: { sources, targets }, edges } of strong) {
    for (const { place, weight } of edges) {
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
