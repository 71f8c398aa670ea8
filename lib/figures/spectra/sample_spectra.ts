/** The spectra of repeated samples of one checkpoint. */

import * as Plot from "@observablehq/plot";
import type { SpectraRow } from "../../multifractal/spectra_tables.ts";
import type { MeasuredSpectrum } from "../../multifractal/multifractal_spectrum.ts";
import { averageSpectra } from "./mean_spectra.ts";
import { endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import {
  ALPHA_AXIS,
  frame,
  FULL_NETWORK_COLOR,
  MAIN_COLOR,
  SPECTRUM_AXIS,
  stepWords,
} from "../style.ts";

/** Which checkpoint, and what its samples estimate. */
export interface SampleSpectraOptions {
  /** The model's name, for the title. */
  readonly model: string;
  /** The step whose samples are drawn. */
  readonly step: number;
  /** The spectrum of the full network, drawn dashed, where it was measured. */
  readonly full?: MeasuredSpectrum;
}

/**
 * Draw f(alpha) of every sample of a checkpoint with their mean (Xiao et al., ICLR 2025, arXiv 2402.09099, shows ten samples
 * of BERT like this), and the full network's beside it if it is given.
 *
 * @throws {RangeError} If the step is not in the table.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 * import { sampleSpectraFigure } from "neuromfa/figures";
 * import { spectraTable } from "neuromfa/multifractal";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 3, steps: [512] });
 * const rows = spectraTable(await multifractalSpectra(networks));
 * assert.match(sampleSpectraFigure(rows, { model: "nano-64", step: 512 }).svg, /mean of 3/);
 * ```
 */
export function sampleSpectraFigure(
  rows: readonly SpectraRow[],
  { model, step, full }: SampleSpectraOptions,
): Figure {
  const [average] = averageSpectra(rows, [step]);
  const { samples, points } = average!;
  const mean = points.flatMap(({ alpha, fAlpha }) =>
    alpha === null || fAlpha === null ? [] : [{ alpha, f: fAlpha }]
  );
  const curves = rows.filter((row) => row.step === step && row.alpha !== null);
  const truth = Array.from(full?.alpha ?? [], (alpha, i) => ({ alpha, f: full!.fAlpha[i]! }));
  // Spectra begin at the largest alpha, that of the lowest order.
  const names = [
    { name: `mean of ${samples}`, color: MAIN_COLOR, end: mean[0]!.f },
    ...full ? [{ name: "full network", color: FULL_NETWORK_COLOR, end: truth[0]!.f }] : [],
  ];
  const lowest = Math.min(...curves.map((row) => row.fAlpha!), ...truth.map(({ f }) => f));
  const furthest = Math.max(...curves.map((row) => row.alpha!), ...truth.map(({ alpha }) => alpha));
  const ofFull =
    " Dashed: the full network, every neuron and every weight, which the samples estimate.";
  return drawFigure({
    name: "sample_spectra",
    title: `${model} at step ${stepWords(step)}: ${samples} samples of one checkpoint`,
    caption: "Grey: f(α) of each sample of neurons; bold: their mean, order by order." +
      (full ? ofFull : ""),
    panels: [{
      ...frame({ height: 380, marginRight: 110, x: ALPHA_AXIS, y: SPECTRUM_AXIS }),
      marks: [
        Plot.line(curves, {
          ...{ x: "alpha", y: "fAlpha", z: "sample", stroke: "#888", strokeOpacity: 0.6 },
          strokeWidth: 1,
        }),
        Plot.line(mean, { x: "alpha", y: "f", stroke: MAIN_COLOR, strokeWidth: 2.5 }),
        Plot.line(truth, {
          ...{ x: "alpha", y: "f", stroke: FULL_NETWORK_COLOR, strokeWidth: 1.5 },
          strokeDasharray: "5,3",
        }),
        ...endLabels(names, furthest, 0.055, [lowest, 0]),
      ],
    }],
  });
}
