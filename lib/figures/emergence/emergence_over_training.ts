/** Regularity, heterogeneity and the degree of emergence over training. */

import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import type { SamplesRow } from "../../multifractal/spectra_tables.ts";
import { COLUMN_LABELS, emergencePanelMarks, formulaOfE, rowsWithE } from "./emergence_marks.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { E_AXIS, frame, MAIN_COLOR, panel, stepAxis } from "../style.ts";

/**
 * Draw E, the width and alpha_0 over training, each with what its samples say (Xiao et al., ICLR 2025, Fig. 5).
 *
 * @param samples The table of samples, drawn as dots behind the means.
 * @param made How the table was made, for the caption, as {@linkcode describeRecord} tells it.
 * @throws {RangeError} If there is no step with an E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { degreeOfEmergence, multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 * import { emergenceOverTrainingFigure } from "neuromfa/figures";
 * import { samplesTable } from "neuromfa/multifractal";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const spectra = await multifractalSpectra(networks);
 * const figure = emergenceOverTrainingFigure("nano-64", degreeOfEmergence(spectra), samplesTable(spectra));
 * assert.match(figure.svg, /regularity/);
 * ```
 */
export function emergenceOverTrainingFigure(
  model: string,
  emergence: readonly EmergenceRow[],
  samples: readonly SamplesRow[],
  made = "",
): Figure {
  const rows = rowsWithE(emergence, model);
  // The full network is one, and would cover its own mean.
  const kept = samples.filter(({ sample, filtered }) => filtered === false && sample !== "full");
  const isFull = samples.length > 0 && samples.every(({ sample }) => sample === "full");
  const isSampled = kept.some(({ sample }) => Number(sample) > 0);
  const all = rows.length === emergence.length ? "All" : `${rows.length} of ${emergence.length}`;
  const axis = stepAxis(rows.map(({ step }) => step));
  const means = (y: "width" | "alpha0") => [
    Plot.dot(kept, { x: "step", y, r: 1.5, fill: "#888", fillOpacity: 0.5 }),
    Plot.line(rows, { x: "step", y, stroke: MAIN_COLOR, strokeWidth: 2 }),
    Plot.dot(rows, { x: "step", y, fill: MAIN_COLOR, r: 2.5 }),
  ];
  const upper = frame({ height: 200, marginBottom: 26, x: { ...axis, label: null } });
  return drawFigure({
    name: "emergence",
    title: `${model}: degree of emergence over training`,
    caption: formulaOfE(rows) +
      `${isSampled ? ", with its 95 % interval over samples" : ""}.` +
      `${isFull ? "" : " Grey dots: single samples."} ${all} steps have an E. ${made}`,
    panels: [
      { ...upper, y: E_AXIS, marks: emergencePanelMarks(rows, MAIN_COLOR) },
      { ...upper, y: { label: COLUMN_LABELS.width, grid: true }, marks: means("width") },
      {
        ...frame({ height: 220, marginBottom: panel.marginBottom, x: axis }),
        ...{ y: { label: COLUMN_LABELS.alpha0, grid: true }, marks: means("alpha0") },
      },
    ],
  });
}
