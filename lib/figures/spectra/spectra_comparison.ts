/** Spectra over training under several readings, side by side on the same axes. */

import * as Plot from "@observablehq/plot";
import type { SpectraRow } from "../../multifractal/spectra_tables.ts";
import { averageSpectra } from "./average_spectra.ts";
import { drawFigure } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { SPECTRUM_BAND_CAPTION, spectrumDomains, spectrumMarks } from "./spectrum_marks.ts";
import { stepKey } from "../step_axis.ts";
import { panel, STEP_KEY_MARGIN, stepColors } from "../style.ts";

/** One reading of the checkpoints. */
export interface SpectraReading {
  /** Written above its panel. */
  readonly name: string;
  /** Rows of its table of spectra. */
  readonly rows: readonly SpectraRow[];
}

/**
 * Draw f(alpha) at some steps, samples averaged, with a band for their spread, a panel for each reading of the same checkpoints.
 *
 * @param model The model's name, for the title.
 * @param readings The readings, at least one.
 * @param steps The steps to draw.
 * @throws {RangeError} If there is no reading, or a step is not in the table of one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 * import { spectraComparisonFigure } from "neuromfa/figures";
 * import { spectraTable } from "neuromfa/multifractal";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const rows = spectraTable(await multifractalSpectra(networks));
 * assert.match(spectraComparisonFigure("nano-64", [{ name: "edges", rows }], [0, 512]).svg, /step 512/);
 * ```
 */
export function spectraComparisonFigure(
  model: string,
  readings: readonly SpectraReading[],
  steps: readonly number[],
): Figure {
  if (readings.length === 0) throw new RangeError("there is no reading to draw; give at least one");
  const colors = stepColors(steps.length);
  const panels = readings.map(({ name, rows }) => (
    { name, rows, curves: averageSpectra(rows, steps) }
  ));
  const { x, y } = spectrumDomains(readings.map(({ rows }) => rows), steps);
  const counts = panels.flatMap(({ curves }) => curves.map(({ samples }) => samples));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const width = (panel.width - STEP_KEY_MARGIN - panel.marginLeft) / readings.length;
  return drawFigure({
    name: "spectra_comparison",
    title: `${model}: the spectrum under ${readings.length} readings of the same checkpoints`,
    caption: `f(α) by forward differences of τ(q), mean of ${
      least === most ? least : `${least} to ${most}`
    } samples a step. The peak's place is α₀, the curve's breadth the width. ${SPECTRUM_BAND_CAPTION}`,
    columns: readings.length,
    panels: panels.map(({ name, rows, curves }, i) => {
      const last = i === readings.length - 1;
      return {
        ...panel,
        width: width + (last ? STEP_KEY_MARGIN : 0) + (i === 0 ? panel.marginLeft : 0),
        height: 330,
        marginTop: 40,
        marginRight: last ? STEP_KEY_MARGIN : 10,
        marginLeft: i === 0 ? panel.marginLeft : 14,
        x: {
          domain: x,
          label: "Lipschitz–Hölder exponent α →",
          labelAnchor: "center",
          grid: true,
          ticks: 4,
        },
        y: { domain: y, label: i === 0 ? "↑ f(α)" : null, grid: true, ...i > 0 && { axis: null } },
        marks: [
          Plot.text([name], {
            ...{ frameAnchor: "top", lineAnchor: "bottom", dy: -14, fontWeight: "bold" } as const,
          }),
          ...curves.flatMap((curve, step) => spectrumMarks(curve, rows, colors[step]!)),
          ...last ? stepKey(steps, colors) : [],
        ],
      };
    }),
  });
}
