/** How weighted degrees are distributed over training. */

import * as Plot from "@observablehq/plot";
import type { DegreeDistributionRow } from "../../emergence/degree_distribution.ts";
import { drawFigure, type Figure, type ModelFigureOptions } from "../render/draw_figure.ts";
import { ABOVE, frame, MAIN_COLOR, panel, stepAxis } from "../style.ts";
import { isNarrow } from "../figure_style.ts";

/** Most kinds of neuron that have a panel each beside that of all neurons. */
const MOST_ROLES = 7;
const HEIGHT = 190;

/**
 * Draw how the weighted degrees of neurons are distributed over training, a panel for all neurons and for each kind: bands
 * from the twentieth to the last twentieth and between the quartiles, the median as a line and the mean dashed. Where there
 * are more than seven kinds, only all together.
 *
 * @param rows What {@linkcode degreeDistribution} gives.
 * @throws {RangeError} If there is no row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sampleNetworks } from "neuromfa";
 * import { degreeDistributionFigure } from "neuromfa/figures";
 * import { degreeDistribution } from "neuromfa/statistics";
 *
 * const run = await openRun("suite:nano-64");
 * const rows = await degreeDistribution(sampleNetworks(run, { samples: 1, steps: [0, 4096] }));
 * assert.match(degreeDistributionFigure(rows, { model: "nano-64" }).svg, /all neurons/);
 * ```
 */
export function degreeDistributionFigure(
  rows: readonly DegreeDistributionRow[],
  { model, made = "" }: ModelFigureOptions,
): Figure {
  const roles = [...new Set(rows.map(({ role }) => role))];
  if (roles.length === 0) throw new RangeError(`${model} has no weighted degrees to draw`);
  const drawn = roles.length > MOST_ROLES + 1 ? ["all"] : roles;
  const columns = drawn.length > 1 ? 2 : 1;
  const left = drawn.length - columns; // panels from here on have the names of steps
  return drawFigure({
    name: "degree_distribution",
    title: `${model}: how weighted degrees are distributed over training`,
    caption: "Sum of |w| over the edges of each sampled neuron. Bands: 90 % and half of the " +
      `neurons; line: the median; dashed: the mean. ${made}`,
    columns,
    panels: drawn.map((role, i) => {
      const own = rows.filter((row) => row.role === role).sort((a, b) => a.step - b.step);
      const axis = stepAxis(own.map(({ step }) => step));
      const isLast = i >= left;
      return {
        ...frame({ width: panel.width / columns, height: HEIGHT + (isLast ? 18 : 0) }),
        ...{
          marginTop: 34,
          marginRight: isNarrow() ? 24 : 16,
          marginBottom: isLast ? panel.marginBottom : 26,
        },
        x: {
          ...axis,
          ticks: axis.ticks.filter((_, j) => columns === 1 || j % 2 === 0),
          label: isLast ? "training step →" : null,
        },
        y: { label: i % columns === 0 ? "↑ weighted degree" : null, grid: true },
        marks: [
          Plot.text([role === "all" ? "all neurons" : role], { ...ABOVE, dy: -6 }),
          Plot.areaY(own, {
            x: "step",
            y1: "low",
            y2: "high",
            fill: MAIN_COLOR,
            fillOpacity: 0.15,
          }),
          Plot.areaY(own, {
            ...{ x: "step", y1: "lowerQuartile", y2: "upperQuartile" },
            ...{ fill: MAIN_COLOR, fillOpacity: 0.25 },
          }),
          Plot.line(own, { x: "step", y: "median", stroke: MAIN_COLOR, strokeWidth: 2 }),
          Plot.line(own, { x: "step", y: "mean", stroke: "black", strokeDasharray: "4,3" }),
        ],
      };
    }),
  });
}
