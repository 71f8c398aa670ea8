/** The mass exponent tau(q). */
import * as Plot from "@observablehq/plot";
import type { SpectraRow } from "../multifractal/spectra_tables.ts";
import { drawFigure } from "./render/draw_figure.ts";
import type { Figure } from "./render/figure.ts";
import { averageSpectra } from "./average_spectra.ts";
import { stepKey } from "./step_key.ts";
import { panel, stepColors } from "./style.ts";

/**
 * Draw tau(q) at some steps, and how well its fits went: a straight tau is a monofractal, a bent one a multifractal.
 *
 * @param rows Rows of the table of spectra; samples of a step are averaged.
 * @param steps The steps to draw.
 * @throws {RangeError} If a step is not in the table.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { massExponentFigure, multifractalSpectra, openRun, sampleNetworks, spectraTable } from "neuromfa";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const figure = massExponentFigure(spectraTable(await multifractalSpectra(networks)), [0, 512]);
 * assert.match(figure.svg, /step 512/);
 * ```
 */
export function massExponentFigure(rows: readonly SpectraRow[], steps: readonly number[]): Figure {
  const curves = averageSpectra(rows, steps);
  const colors = stepColors(steps.length);
  const lines = (value: "tau" | "rSquared") =>
    curves.map(({ points }, i) =>
      Plot.line(points, { x: "q", y: value, stroke: colors[i]!, strokeWidth: 2 })
    );
  return drawFigure({
    name: "mass_exponent",
    title: "The mass exponent bends: neurons don't scale alike",
    caption:
      "Above: τ(q), mean over samples. One straight line would mean that all neurons grow their boxes " +
      "alike (a monofractal). Below: r² of the fits behind it; at q = 0 there is nothing to fit, τ is 0.",
    panels: [
      {
        ...panel,
        height: 300,
        marginRight: 90,
        x: { label: null },
        y: { label: "↑ τ(q)", grid: true },
        marks: [Plot.ruleX([0], { stroke: "#ccc" }), ...lines("tau"), ...stepKey(steps, colors)],
      },
      {
        ...panel,
        height: 170,
        marginRight: 90,
        x: { label: "order q →" },
        y: { label: "↑ r²", grid: true, domain: [0, 1] },
        marks: lines("rSquared"),
      },
    ],
  });
}
