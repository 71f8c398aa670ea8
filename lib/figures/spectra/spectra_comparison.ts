/** Spectra over training side by side on the same axes: under several readings, or of several models. */

import type { SpectraRow } from "../../multifractal/spectra_tables.ts";
import { spectraPanels, SPECTRUM_BAND_CAPTION } from "./mean_spectra.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { rangeWords } from "../style.ts";
import { isNarrow } from "../figure_style.ts";

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
  const columns = isNarrow() ? Math.min(COLUMNS, readings.length) : readings.length;
  const grid = { columns, height: 330, ticks: isNarrow() ? 2 : 4, right: 10 };
  const { panels, counts } = spectraPanels(readings, steps, grid);
  return drawFigure({
    name: "spectra_comparison",
    title: `${model}: the spectrum under ${readings.length} readings of the same checkpoints`,
    caption: `f(α) by forward differences of τ(q), mean of ${rangeWords(counts)} samples a step. ` +
      `The peak's place is α₀, the curve's breadth the width. ${SPECTRUM_BAND_CAPTION}`,
    columns,
    panels,
  });
}

/** The spectra of one model. */
export interface ModelSpectra {
  /** The model's name, written above its panel. */
  readonly model: string;
  /** Rows of its table of spectra. */
  readonly spectra: readonly SpectraRow[];
}

const COLUMNS = 2;

/**
 * Draw f(alpha) at the same steps of several models (Xiao et al., ICLR 2025, Fig. 4), two panels a row on the same axes,
 * samples averaged, with a band for their spread.
 *
 * @param title What is compared, e.g. `Four sizes of one recipe`.
 * @param models The models in the order of their panels, at least one.
 * @throws {RangeError} If there is no model, or a step is not in the table of one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { spectraOfModelsFigure } from "neuromfa/figures";
 *
 * const options = { samples: 2, steps: [0, 512] };
 * const models = [await measure("suite:nano-32", options), await measure("suite:nano-64", options)];
 * assert.match(spectraOfModelsFigure("Two sizes", models, [0, 512]).svg, /nano-32/);
 * ```
 */
export function spectraOfModelsFigure(
  title: string,
  models: readonly ModelSpectra[],
  steps: readonly number[],
  made = "",
): Figure {
  if (models.length === 0) throw new RangeError("there is no model to draw; give one at least");
  const tables = models.map(({ model, spectra }) => ({ name: model, rows: spectra }));
  const grid = { columns: COLUMNS, height: 270, ticks: isNarrow() ? 2 : 5, right: 14 };
  const { panels } = spectraPanels(tables, steps, grid);
  return drawFigure({
    name: "spectra_of_models",
    title,
    caption:
      `f(α) by forward differences of τ(q), mean over samples. The peak's place is α₀ (regularity: further left, more ` +
      `regular); the curve's breadth is the width (heterogeneity). ${SPECTRUM_BAND_CAPTION} ${made}`,
    columns: COLUMNS,
    panels,
  });
}
