/** The multifractal spectrum over training, a panel for each model. */

import * as Plot from "@observablehq/plot";
import type { SpectraRow } from "../../multifractal/spectra_tables.ts";
import { averageSpectra } from "./average_spectra.ts";
import { drawFigure } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { SPECTRUM_BAND_CAPTION, spectrumDomains, spectrumMarks } from "./spectrum_marks.ts";
import { stepKey } from "../step_axis.ts";
import { panel, STEP_KEY_MARGIN, stepColors } from "../style.ts";

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
 * @param steps The steps to draw.
 * @param made How the tables were made, for the caption.
 * @throws {RangeError} If there is no model, or a step is not in the table of one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { spectraOfModelsFigure } from "neuromfa/figures";
 *
 * const options = { samples: 2, steps: [0, 512] };
 * const models = [
 *   await measure("suite:nano-32", options),
 *   await measure("suite:nano-64", options),
 * ];
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
  const colors = stepColors(steps.length);
  const drawn = models.map(({ model, spectra }) => (
    { model, spectra, curves: averageSpectra(spectra, steps) }
  ));
  const { x, y } = spectrumDomains(models.map(({ spectra }) => spectra), steps);
  const [gap, across] = [14, Math.min(COLUMNS, models.length)];
  const inner = (panel.width - STEP_KEY_MARGIN - panel.marginLeft) / across - gap;
  return drawFigure({
    name: "spectra_of_models",
    title,
    caption:
      `f(α) by forward differences of τ(q), mean over samples. The peak's place is α₀ (regularity: further left, more ` +
      `regular); the curve's breadth is the width (heterogeneity). ${SPECTRUM_BAND_CAPTION} ${made}`,
    columns: COLUMNS,
    panels: drawn.map(({ model, spectra, curves }, i) => {
      const isFirst = i % COLUMNS === 0;
      const isLast = i % COLUMNS === across - 1;
      const isLowest = i >= models.length - COLUMNS;
      return {
        ...panel,
        width: inner + (isFirst ? panel.marginLeft : gap) + (isLast ? STEP_KEY_MARGIN : gap),
        height: 270,
        marginTop: 40,
        marginLeft: isFirst ? panel.marginLeft : gap,
        marginRight: isLast ? STEP_KEY_MARGIN : gap,
        x: {
          ...{ domain: x, grid: true, ticks: 5, labelAnchor: "center" },
          label: isLowest ? "Lipschitz–Hölder exponent α →" : null,
        },
        y: {
          domain: y,
          label: isFirst ? "↑ f(α)" : null,
          grid: true,
          ...!isFirst && { axis: null },
        },
        marks: [
          Plot.text([model], {
            ...{ frameAnchor: "top", lineAnchor: "bottom", dy: -14, fontWeight: "bold" } as const,
          }),
          ...curves.flatMap((curve, j) => spectrumMarks(curve, spectra, colors[j]!)),
          ...i === across - 1 ? stepKey(steps, colors) : [],
        ],
      };
    }),
  });
}
