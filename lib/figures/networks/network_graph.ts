/** A part of a neuron interaction network drawn as a graph. */

import * as Plot from "@observablehq/plot";
import type { Link, LinkedLayers } from "../../networks/network.ts";
import { ABOVE, colorKey, frame, MAIN_COLOR } from "../style.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { layerStarts } from "../../networks/link_layers.ts";
import { isNarrow } from "../figure_style.ts";

/** Colours and widths of a quarter of the edges each, the shortest first. */
const QUARTERS = [
  { color: "#08306B", width: 2.2 },
  { color: "#2878B8", width: 1.3 },
  { color: "#8FBFE0", width: 0.8 },
  { color: "#C9DDF0", width: 0.5 },
] as const;
const PATTERN = "#E69F00";
/** How much higher every other name stands where columns are close together, in pixels. */
const STAGGER = 30;

/** Which part of a network is drawn. */
export interface NetworkGraphOptions {
  /** The model and step, for the title. */
  readonly network: string;
  /** The block to draw, from 0; default 0. */
  readonly block?: number;
  /** Neurons drawn of each draw: three times as many of query, key, value, twice as many of an MLP's inside; default 5. */
  readonly neurons?: number;
}

/**
 * Draw a block of a sampled network as a graph (Xiao et al., ICLR 2025, Fig. 1): layers as columns, the first few sampled
 * neurons of each as dots with their number in the layer, and every edge between these, the short ones dark and thick.
 *
 * @throws {RangeError} If there is no such block, no edge between the neurons to draw, or `neurons` is no integer from 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sampleNetworks } from "neuromfa";
 * import { networkGraphFigure } from "neuromfa/figures";
 *
 * const run = await openRun("suite:nano-64");
 * const [sample] = await Array.fromAsync(sampleNetworks(run, { samples: 1, steps: [0] }));
 * const figure = networkGraphFigure(sample!.linked, { network: "nano-64 at step 0" });
 * assert.match(figure.caption, /all 200 edges/);
 * ```
 */
export function networkGraphFigure(
  linked: LinkedLayers,
  { network, block = 0, neurons = 5 }: NetworkGraphOptions,
): Figure {
  const drawn = drawnBlock(linked, block, neurons);
  const { columns, edges, pattern } = drawn;
  // Long edges first, so that short ones lie on top.
  const sorted = edges.toSorted((a, b) => b.length - a.length);
  const quarter = (i: number) => 3 - Math.floor(4 * i / sorted.length);
  const ends = [3, 2, 1].map((part) => sorted[Math.floor(part * sorted.length / 4)]!.length);
  const [first, ...limits] = ends.map((length) => length.toPrecision(3).replace(/\.0+$/, ""));
  const names = [`d ≤ ${first}`, ...limits.map((limit) => `to ${limit}`), "longer"];
  const hasPattern = pattern.length > 0;
  return drawFigure({
    name: "network_graph",
    title: `Block ${block} of ${network} as a network of neurons`,
    caption:
      `A weight w is an edge of length d = 1/|w|; dark and thick: short, a quarter of the edges in each colour. ` +
      `Drawn are ${columns.map(({ nodes }) => nodes.length).join(", ")} neurons of ` +
      `${
        columns.map(({ size }) => size).join(", ")
      } (their numbers in the layer beside them) and ` +
      `all ${edges.length} edges between them, of ${drawn.sampledEdges.toLocaleString("en-US")} ` +
      "that the sample has in this block." +
      (hasPattern
        ? " Dashed: the attention pattern, which is no weight and the same in every model."
        : ""),
    panels: [
      colorKey(
        hasPattern ? [...names, "fixed pattern, d = 1"] : names,
        [...QUARTERS.map(({ color }) => color), PATTERN],
      ),
      {
        ...frame({ height: 440, marginLeft: 40, marginRight: 56, marginBottom: 12 }),
        marginTop: 46 + (isNarrow() ? STAGGER : 0),
        axis: null,
        x: { domain: [0, columns.length - 1] },
        y: { domain: [0, 1] },
        marks: [
          lines(pattern, PATTERN, 0.6, "3,3"),
          ...QUARTERS.map(({ color, width }, i) =>
            lines(sorted.filter((_, place) => quarter(place) === i), color, width)
          ).reverse(),
          ...neuronMarks(drawn),
        ],
      },
    ],
  });
}

function lines(edges: readonly DrawnEdge[], stroke: string, strokeWidth: number, dashes = "none") {
  return Plot.link(edges, {
    ...{ x1: "x1", y1: "y1", x2: "x2", y2: "y2", stroke, strokeWidth, strokeDasharray: dashes },
  });
}

function neuronMarks({ columns }: ReturnType<typeof drawnBlock>): Plot.Markish[] {
  const nodes = columns.flatMap(({ nodes }) => nodes);
  const places = columns.map(({ role }, x) => ({ role, x }));
  const names = isNarrow()
    ? [0, 1].map((odd) => places.filter(({ x }) => x % 2 === odd))
    : [places];
  return [
    Plot.dot(nodes, { x: "x", y: "y", r: 4, fill: MAIN_COLOR, stroke: "white" }),
    Plot.text(nodes, {
      ...{ x: "x", y: "y", text: ({ number }) => `${number}`, dy: -10, fontSize: 10 },
      ...{ stroke: "white", strokeWidth: 3, fill: "black" },
    }),
    ...names.map((some, i) =>
      Plot.text(some, {
        ...{ x: "x", text: "role", ...ABOVE, dy: -14 - i * STAGGER, lineWidth: 7, fontSize: 11.5 },
      })
    ),
  ];
}

/** An edge between two drawn neurons; its length is `1 / |w|`. */
type DrawnEdge = Readonly<Record<"x1" | "y1" | "x2" | "y2" | "length", number>>;

/** Lay a block out: its layers as columns, and of each the first neurons that were drawn, y from 0 at the bottom to 1. */
export function drawnBlock(linked: LinkedLayers, block: number, neurons: number) {
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
