/** Where the neurons and edges of one block of a network are drawn. */

import type { Link, LinkedLayers } from "../../networks/network.ts";
import { layerStarts } from "../../networks/link_layers.ts";

/** A neuron and its place. */
export interface DrawnNode {
  /** Its number in its layer, from 0. */
  readonly number: number;
  /** Its column, from 0. */
  readonly x: number;
  /** From 0 at the bottom to 1 at the top. */
  readonly y: number;
}

/** A layer of the block. */
export interface DrawnColumn {
  /** What its neurons are. */
  readonly role: string;
  /** How many it has. */
  readonly size: number;
  /** Those that are drawn. */
  readonly nodes: readonly DrawnNode[];
}

/** An edge between two drawn neurons. */
export interface DrawnEdge {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** `1 / |w|`. */
  readonly length: number;
}

/** A block laid out. */
export interface DrawnBlock {
  /** Its layers, and the one that its last edges lead to. */
  readonly columns: readonly DrawnColumn[];
  /** Edges that are weights. */
  readonly edges: readonly DrawnEdge[];
  /** Edges of the fixed pattern. */
  readonly pattern: readonly DrawnEdge[];
  /** How many edges the whole sample has in this block, those of fixed patterns left out. */
  readonly sampledEdges: number;
}

/**
 * Lay a block out: its layers as columns, of each the first neurons that were drawn.
 *
 * @param linked Layers and links of a sampled network.
 * @param block The block, from 0.
 * @param neurons How many neurons of each draw.
 * @throws {RangeError} If there is no such block, no edge between these neurons, or `neurons` is no integer from 1.
 */
export function drawnBlock(linked: LinkedLayers, block: number, neurons: number): DrawnBlock {
  if (!(Number.isInteger(neurons) && neurons >= 1)) {
    throw new RangeError(`neurons must be an integer from 1, but it is ${neurons}`);
  }
  const links = linked.links.filter(({ layer }) => linked.layers[layer]!.block === block);
  if (links.length === 0) {
    const last = Math.max(...linked.layers.map((layer) => layer.block));
    throw new RangeError(`the network has the blocks 0 to ${last}, but not ${block}`);
  }
  const starts = layerStarts(linked.layers);
  const layerOf = (id: number) => starts.findLastIndex((start) => start <= id);
  const layers = [...new Set(links.flatMap(({ layer, targets }) => [layer, layerOf(targets[0]!)]))]
    .sort((a, b) => a - b);
  const chosen = chosenNeurons(linked, links, layers, layerOf, neurons);
  const columns = layers.map((layer, x) => ({
    role: roleOf(linked, layer, block),
    size: linked.layers[layer]?.size ?? lastSize(links, starts[layer]!),
    nodes: chosen[x]!.map((id, i) => ({
      id,
      number: id - starts[layer]!,
      x,
      y: 1 - (i + 0.5) / chosen[x]!.length,
    })),
  }));
  const places = new Map(columns.flatMap(({ nodes }) => nodes).map((node) => [node.id, node]));
  const edges: DrawnEdge[] = [], pattern: DrawnEdge[] = [];
  let sampledEdges = 0;
  for (const { layer, sources, targets, weights } of links) {
    const { learned } = linked.layers[layer]!;
    const list = learned ? edges : pattern;
    for (let i = 0, k = 0; i < sources.length; i++) {
      const from = places.get(sources[i]!);
      for (let j = 0; j < targets.length; j++, k++) {
        if (weights[k] === 0) continue;
        if (learned) sampledEdges++;
        const to = places.get(targets[j]!);
        if (!from || !to) continue;
        const length = 1 / Math.abs(weights[k]!);
        list.push({ x1: from.x, y1: from.y, x2: to.x, y2: to.y, length });
      }
    }
  }
  if (edges.length === 0) {
    throw new RangeError(
      `no weight joins the first ${neurons} neurons of the layers; draw more of them`,
    );
  }
  return { columns, edges, pattern, sampledEdges };
}

/** Ids of the neurons to draw in each layer: the first of each draw that the layer's sample is made of. */
function chosenNeurons(
  linked: LinkedLayers,
  links: readonly Link[],
  layers: readonly number[],
  layerOf: (id: number) => number,
  neurons: number,
): number[][] {
  const drawn = layers.map((layer) => {
    const sources = linked.links.filter((link) => link.layer === layer)
      .flatMap((link) => [...link.sources]);
    const ids = sources.length > 0
      ? sources
      : links.flatMap(({ targets }) => [...targets].filter((id) => layerOf(id) === layer));
    return [...new Set(ids)];
  });
  const oneDraw = Math.min(...drawn.map(({ length }) => length));
  return drawn.map((ids, i) => {
    // A layer that nothing leaves shows no draws: its neurons may all be targets.
    const leaves = linked.links.some(({ layer }) => layer === layers[i]);
    return ids.filter((_, place) => (leaves ? place % oneDraw : place) < neurons);
  });
}

/** What a layer's neurons are, seen from a block. */
function roleOf({ layers }: LinkedLayers, layer: number, block: number): string {
  const own = layers[layer];
  if (!own) return "block output";
  return own.block === block ? own.role : `next ${own.role}`;
}

/** The size of a layer that nothing leaves, as far as its targets tell. */
function lastSize(links: readonly Link[], start: number): number {
  let last = start;
  for (const { targets } of links) for (const id of targets) last = Math.max(last, id);
  return last - start + 1;
}
