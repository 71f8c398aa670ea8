/** A part of a neuron interaction network drawn as a graph. */

import * as Plot from "@observablehq/plot";
import type { LinkedLayers } from "../../networks/network.ts";
import { colorKey, MAIN_COLOR, panel } from "../style.ts";
import { type DrawnBlock, drawnBlock, type DrawnEdge } from "./drawn_block.ts";
import { drawFigure } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";

/** Colours and widths of a quarter of the edges each, the shortest first. */
const QUARTERS = [
  { color: "#08306B", width: 2.2 },
  { color: "#2878B8", width: 1.3 },
  { color: "#8FBFE0", width: 0.8 },
  { color: "#C9DDF0", width: 0.5 },
] as const;
const PATTERN = "#E69F00";

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
 * @param linked Layers and links of a sampled network.
 * @param options Which block, and how much of it.
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
  const limits = ends.map((length) => length.toPrecision(3).replace(/\.0+$/, ""));
  const names = [
    `d ≤ ${limits[0]}`,
    `to ${limits[1]}`,
    `to ${limits[2]}`,
    `longer`,
    ...pattern.length > 0 ? ["fixed pattern, d = 1"] : [],
  ];
  return drawFigure({
    name: "network_graph",
    title: `Block ${block} of ${network} as a network of neurons`,
    caption:
      `A weight w is an edge of length d = 1/|w|; dark and thick: short, a quarter of the edges in each colour. ` +
      `Drawn are ${columns.map(({ nodes }) => nodes.length).join(", ")} neurons of ` +
      `${
        columns.map(({ size }) => size).join(", ")
      } (their numbers in the layer beside them) and all ` +
      `${edges.length} edges between them, of ${
        drawn.sampledEdges.toLocaleString("en-US")
      } that the sample has in ` +
      `this block.${
        pattern.length > 0
          ? " Dashed: the attention pattern, which is no weight and the same in every model."
          : ""
      }`,
    panels: [
      colorKey(names, [...QUARTERS.map(({ color }) => color), PATTERN]),
      {
        ...panel,
        height: 440,
        marginLeft: 40,
        marginRight: 56,
        marginTop: 46,
        marginBottom: 12,
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

function neuronMarks({ columns }: DrawnBlock): Plot.Markish[] {
  const nodes = columns.flatMap(({ nodes }) => nodes);
  const places = columns.map(({ role }, x) => ({ role, x }));
  return [
    Plot.dot(nodes, { x: "x", y: "y", r: 4, fill: MAIN_COLOR, stroke: "white" }),
    Plot.text(nodes, {
      ...{ x: "x", y: "y", text: ({ number }) => `${number}`, dy: -10, fontSize: 10 },
      ...{ stroke: "white", strokeWidth: 3, fill: "black" },
    }),
    Plot.text(places, {
      ...{ x: "x", text: "role", frameAnchor: "top", lineAnchor: "bottom", dy: -14 },
      ...{ lineWidth: 7, fontWeight: "bold", fontSize: 11.5 },
    }),
  ];
}
