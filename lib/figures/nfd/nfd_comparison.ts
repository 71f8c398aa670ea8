/** Node fractal dimensions of several models at one step. */

import { type SampleNumber, sampleWords } from "../../multifractal/spectra_tables.ts";
import * as Plot from "@observablehq/plot";
import type { NfdComparisonRow } from "../../nfd/nfd_tables.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { AFTER, categoryColors, frame, MAIN_COLOR, stepWords, weightsLabel } from "../style.ts";

const ROW_HEIGHT = 44;
/** Width of a letter of the labels, in pixels, on the wide side. */
const LETTER = 7.5;
/** Width of the labels in pixels, at most; a longer name loses its middle. */
const LONGEST = 300;

/** Which step and sample the models are compared at. */
export interface NfdComparisonFigureOptions {
  /** The training step. */
  readonly step: number;
  /** The number of the sample. */
  readonly sample: SampleNumber;
  /** Whether nodes that can never have a dimension count as 0 in the table; said in the caption. */
  readonly includeStructural?: boolean;
}

/**
 * Draw mean, spread, median and range of the node fractal dimensions of several models at one step, a row each.
 *
 * @param rows The table of the comparison, drawn in its order.
 * @throws {RangeError} If there is no row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nfdComparisonFigure } from "neuromfa/figures";
 *
 * const row = (model: string, modelSize: number) =>
 *   ({ model, modelSize, mean: 0.9, median: 0.88, std: 0.1, min: 0.5, max: 1.5, range: 1, count: 640 });
 * const rows = [row("small", 210_304), row("large", 1_200_000)];
 * assert.match(nfdComparisonFigure(rows, { step: 512, sample: 0 }).svg, /1.2M weights/);
 * ```
 */
export function nfdComparisonFigure(
  rows: readonly NfdComparisonRow[],
  { step, sample, includeStructural = false }: NfdComparisonFigureOptions,
): Figure {
  if (rows.length === 0) throw new RangeError("there is no model to draw; give at least one");
  const longest = Math.max(...rows.map(({ model }) => model.length), "100M weights".length);
  const label = (text: (row: NfdComparisonRow) => string, dy: number, fill: string) =>
    Plot.text(rows, {
      ...{ y: "model", text, dy, fill, frameAnchor: "left", textAnchor: "end", dx: -8 } as const,
      ...{ lineWidth: (LONGEST - 24) / 12, textOverflow: "ellipsis-middle" } as const,
    });
  const models = `${rows.length} model${rows.length === 1 ? "" : "s"}`;
  return drawFigure({
    name: "nfd_comparison",
    title: `Node fractal dimensions of ${models} at step ${stepWords(step)}`,
    caption: `Over the neurons of ${sampleWords(sample)} of each model; ` +
      `${structuralWords(includeStructural)}. Dot: mean; stroke: median; thick line: one ` +
      "standard deviation of the neurons to each side of the mean; thin line: smallest to " +
      "largest.",
    panels: [{
      ...frame({ height: ROW_HEIGHT * rows.length + 60, marginRight: 24, marginTop: 12 }),
      marginLeft: Math.min(LONGEST, longest * LETTER + 16),
      x: { label: "node fractal dimension →", labelAnchor: "center", grid: true },
      y: { domain: rows.map(({ model }) => model), axis: null, padding: 0.4 },
      marks: [
        label(({ model }) => model, -7, "black"),
        label(({ modelSize }) => `${weightsLabel(modelSize)} weights`, 8, "#555"),
        Plot.ruleY(rows, { y: "model", x1: "min", x2: "max", stroke: MAIN_COLOR }),
        Plot.ruleY(rows, {
          ...{ y: "model", x1: ({ mean, std }) => mean - std, x2: ({ mean, std }) => mean + std },
          ...{ stroke: MAIN_COLOR, strokeWidth: 7, strokeOpacity: 0.45 },
        }),
        Plot.tickX(rows, { y: "model", x: "median", stroke: categoryColors[1]!, strokeWidth: 2.5 }),
        Plot.text(rows.filter(({ count }) => count === 0), {
          ...{ y: "model", text: () => "no neuron can have one", fill: "#555" },
          ...{ frameAnchor: "left", ...AFTER },
        }),
        Plot.dot(rows, { y: "model", x: "mean", r: 4.5, fill: MAIN_COLOR, stroke: "white" }),
      ],
    }],
  });
}

/** What a caption says of nodes that can never have a dimension. */
export function structuralWords(includeStructural: boolean): string {
  const where = includeStructural ? "among them, as 0" : "left out";
  return `those that can never have a dimension are ${where}`;
}
