/** The multifractal spectrum over training. */

import type { SpectraRow } from "../../multifractal/spectra_tables.ts";
import { averageSpectra, SPECTRUM_BAND_CAPTION, spectrumMarks } from "./mean_spectra.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import {
  ALPHA_AXIS,
  frame,
  rangeWords,
  SPECTRUM_AXIS,
  STEP_KEY_MARGIN,
  stepColors,
  stepKey,
} from "../style.ts";

/** What the figure says. */
export interface SpectraFigureOptions {
  /** The model's name, for the title; left out unless given. */
  readonly model?: string;
  /** How the table was made, for the caption, as {@linkcode describeRecord} tells it. */
  readonly made?: string;
}

/**
 * Draw f(alpha) at some steps, as the paper does, samples averaged, with a band for their spread (Xiao et al., ICLR 2025, Fig. 4).
 *
 * @throws {RangeError} If a step is not in the table.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 * import { spectraFigure } from "neuromfa/figures";
 * import { spectraTable } from "neuromfa/multifractal";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const figure = spectraFigure(spectraTable(await multifractalSpectra(networks)), [0, 512]);
 * assert.match(figure.svg, /step 512/);
 * ```
 */
export function spectraFigure(
  rows: readonly SpectraRow[],
  steps: readonly number[],
  { model, made = "" }: SpectraFigureOptions = {},
): Figure {
  const curves = averageSpectra(rows, steps);
  const colors = stepColors(steps.length);
  const counts = curves.map(({ samples }) => samples);
  const isSingle = counts.every((count) => count === 1);
  const averaged = rows.some(({ sample }) => sample === "full")
    ? "one full network"
    : isSingle
    ? "one sample"
    : `mean of ${rangeWords(counts)} samples`;
  return drawFigure({
    name: "spectra",
    title: `${model === undefined ? "The" : `${model}: the`} multifractal spectrum over training`,
    caption: `f(α) by forward differences of τ(q), ${averaged} a step. ` +
      "The peak's place is α₀ (regularity: further left, more regular); the curve's breadth is the width (heterogeneity). " +
      `${isSingle ? "" : `${SPECTRUM_BAND_CAPTION} `}${made}`,
    panels: [{
      ...frame({ height: 360, marginRight: STEP_KEY_MARGIN, x: ALPHA_AXIS, y: SPECTRUM_AXIS }),
      marks: [
        ...curves.flatMap((curve, i) => spectrumMarks(curve, rows, colors[i]!)),
        ...stepKey(steps, colors),
      ],
    }],
  });
}
