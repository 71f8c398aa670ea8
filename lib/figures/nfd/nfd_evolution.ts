/** Node fractal dimensions over training. */

import { sampleWords } from "../../multifractal/spectra_tables.ts";
import * as Plot from "@observablehq/plot";
import type { NfdEvolutionRow } from "../../nfd/nfd_tables.ts";
import { structuralWords } from "./nfd_comparison.ts";
import type { NfdFigureOptions } from "./nfd_distribution.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { endLabel, spreadLabels } from "../spread_labels.ts";
import { categoryColors, extent, frame, MAIN_COLOR, rangeWords, stepAxis } from "../style.ts";

/** Least distance of two labels, as a share of the height of the axis. */
const LABEL_GAP = 0.055;

/** Which table it is. */
export interface NfdEvolutionFigureOptions extends NfdFigureOptions {
  /** Whether nodes that can never have a dimension count as 0 in the table; said in the caption. */
  readonly includeStructural?: boolean;
}

/**
 * Draw mean and median of the node fractal dimensions of one sample over training, with a band of one standard
 * deviation of the nodes to each side of the mean, and their smallest and largest dimension.
 *
 * @param table The table of the sample over training; steps where no node can have a dimension are left out.
 * @throws {RangeError} If no row is left.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { nfdEvolutionFigure } from "neuromfa/figures";
 *
 * const { nfd, model } = await measure("suite:nano-64", { samples: 1, steps: [0, 512] });
 * assert.match(nfdEvolutionFigure(nfd[0]!, { model, sample: 0 }).svg, /median/);
 * ```
 */
export function nfdEvolutionFigure(
  table: readonly NfdEvolutionRow[],
  { model, sample, includeStructural = false }: NfdEvolutionFigureOptions,
): Figure {
  const rows = table.filter(({ count }) => count > 0);
  const last = rows.at(-1);
  if (!last) {
    throw new RangeError(
      table.length === 0
        ? `${model} has no step to draw; give at least one`
        : `${model} has no step where a node can have a fractal dimension; draw more neurons`,
    );
  }
  const lines = [
    { name: "max", color: "#888", width: 1 },
    { name: "median", color: categoryColors[1]!, width: 2 },
    { name: "mean", color: MAIN_COLOR, width: 2 },
    { name: "min", color: "#888", width: 1 },
  ] as const;
  const ends = extent(
    rows.flatMap(({ min, max, mean, std }) => [min, max, mean - std, mean + std]),
  );
  const gap = LABEL_GAP * (ends[1] - ends[0]);
  const places = spreadLabels(lines.map(({ name }) => last[name]), gap, ends);
  const left = table.length - rows.length;
  return drawFigure({
    name: "nfd_evolution",
    title: `${model}: node fractal dimensions over training`,
    caption: `Over the neurons of ${sampleWords(sample)} (` +
      `${rangeWords(rows.map(({ count }) => count))} at each step; ` +
      `${
        structuralWords(includeStructural)
      }). The band is one standard deviation of the neurons to ` +
      "each side of the mean, not an error of the mean." + (left === 0
        ? ""
        : ` Left out: ${left} of ${table.length} steps, where no neuron can have one.`),
    panels: [{
      ...frame({ height: 340, marginRight: 70 }),
      x: {
        ...stepAxis(rows.map(({ step }) =>
          step
        )),
        domain: [0, Math.max(1, last.step)],
      },
      y: { label: "↑ node fractal dimension", grid: true },
      marks: [
        Plot.areaY(rows.filter(({ std }) => !Number.isNaN(std)), {
          ...{ x: "step", y1: ({ mean, std }) => mean - std, y2: ({ mean, std }) => mean + std },
          ...{ fill: MAIN_COLOR, fillOpacity: 0.18 },
        }),
        ...lines.flatMap(({ name, color, width }, i) => [
          Plot.line(rows, { x: "step", y: name, stroke: color, strokeWidth: width }),
          Plot.dot(rows, { x: "step", y: name, fill: color, r: 2 }),
          endLabel(name, last.step, places[i]!, color === "#888" ? "#555" : color, {
            fontWeight: "bold",
          }),
        ]),
      ],
    }],
  });
}
