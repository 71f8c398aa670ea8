/** Node fractal dimensions layer by layer over training. */

import * as Plot from "@observablehq/plot";
// @ts-types="@types/d3-scale-chromatic"
import { interpolateViridis } from "d3-scale-chromatic";
import { nfdStatistics } from "../../nfd/nfd_tables.ts";
import { BESIDE, colorKey, extent, frame, rangeWords, stepWords } from "../style.ts";
import type { NfdFigureOptions, NfdStep } from "./nfd_distribution.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";

/** Classes of the dimension that have a colour each. */
const CLASSES = 7;
/** Height of a layer's row in pixels. */
const ROW = 20;
/** Steps written below the columns, about that many at most. */
const MOST_LABELS = 10;

/**
 * Draw the mean node fractal dimension of each layer at each step as a map: layers from the first to the last downwards,
 * steps to the right, one after another whatever lies between them. Layers whose neurons can never have a dimension are left
 * out.
 *
 * @param steps The nodes of each step, in the order to draw.
 * @throws {RangeError} If there is no step, or none of its layers can have a dimension.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nfdByLayerFigure } from "neuromfa/figures";
 *
 * const nodes = [0.8, 0.9, 1.2].map((nfdValue, nodeId) =>
 *   ({ nodeId, layer: "block 0 input", role: "input", nfdValue, edges: 32, status: "ok" }));
 * const figure = nfdByLayerFigure([{ step: 512, nodes }], { model: "toy", sample: 0 });
 * assert.match(figure.svg, /block 0 input/);
 * ```
 */
export function nfdByLayerFigure(
  steps: readonly NfdStep[],
  { model, sample }: NfdFigureOptions,
): Figure {
  const cells = steps.flatMap(({ step, nodes }) => {
    const layers = Map.groupBy(nodes.filter(({ status }) => status !== "never"), (n) => n.layer);
    return Array.from(layers, ([layer, own]) => ({ step, layer, ...nfdStatistics(own) }));
  });
  if (cells.length === 0) {
    throw new RangeError(`${model} has no layer with fractal dimensions to draw; give a step`);
  }
  const [low, high] = extent(cells.map(({ mean }) => mean));
  const size = (high - low) / CLASSES;
  const colors = Array.from({ length: CLASSES }, (_, i) => interpolateViridis(i / (CLASSES - 1)));
  const classOf = (mean: number) => Math.min(CLASSES - 1, Math.floor((mean - low) / size) || 0);
  const names = colors.map((_, i) => {
    if (i === CLASSES - 1) return "above";
    return `${i === 0 ? "≤" : "to"} ${(low + (i + 1) * size).toFixed(2)}`;
  });
  const layers = [...new Set(cells.map(({ layer }) => layer))];
  const shown = steps.map(({ step }) => step);
  const every = Math.ceil(shown.length / MOST_LABELS);
  const last = shown.length - 1;
  const spreads = cells.map(({ std }) => std).filter((std) => !Number.isNaN(std));
  const deviation = spreads.length > 0
    ? `, which have a standard deviation of ${rangeWords(spreads, 2)}`
    : "";
  return drawFigure({
    name: "nfd_by_layer",
    title: `${model}: node fractal dimensions by layer over training`,
    caption: `Mean over the neurons of sample ${sample}, ` +
      `${rangeWords(cells.map(({ count }) => count))} a cell${deviation}; at the right, the ` +
      "value at the last step. The columns are the steps measured, not to scale. Layers whose " +
      "edges are a fixed pattern are left out.",
    panels: [colorKey(names, colors), {
      ...frame({ height: ROW * layers.length + 52, marginLeft: 190, marginRight: 56 }),
      marginTop: 6,
      x: {
        ...{ type: "band", domain: shown, padding: 0, tickSize: 4, tickFormat: stepWords },
        ...{ label: "training step →", labelAnchor: "center" },
        ticks: shown.filter((_, i) => i === last || (i % every === 0 && i + every <= last)),
      },
      y: { domain: layers, label: null, tickSize: 0, padding: 0.06 },
      marks: [
        Plot.cell(cells, { x: "step", y: "layer", fill: ({ mean }) => colors[classOf(mean)]! }),
        Plot.text(cells.filter(({ step }) => step === shown[last]), {
          ...{ y: "layer", text: ({ mean }) => mean.toFixed(3), ...BESIDE },
        }),
      ],
    }],
  });
}
