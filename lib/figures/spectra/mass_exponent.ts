/** The mass exponent tau(q). */

import * as Plot from "@observablehq/plot";
import type { SpectraRow } from "../../multifractal/spectra_tables.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import type { SpectraFigureOptions } from "./spectra.ts";
import { averageSpectra, type MeanSpectrum } from "./mean_spectra.ts";
import { extent, frame, panel, STEP_KEY_MARGIN, stepColors, stepKey } from "../style.ts";

/**
 * Draw tau(q) at some steps, and how well its fits went: a straight tau is a monofractal, a bent one a multifractal.
 *
 * @param rows Rows of the table of spectra; samples of a step are averaged.
 * @throws {RangeError} If a step is not in the table.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 * import { massExponentFigure } from "neuromfa/figures";
 * import { spectraTable } from "neuromfa/multifractal";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const figure = massExponentFigure(spectraTable(await multifractalSpectra(networks)), [0, 512]);
 * assert.match(figure.svg, /step 512/);
 * ```
 */
export function massExponentFigure(
  rows: readonly SpectraRow[],
  steps: readonly number[],
  { model, made = "" }: SpectraFigureOptions = {},
): Figure {
  const curves = averageSpectra(rows, steps);
  const shared = frame({ marginRight: STEP_KEY_MARGIN, marginBottom: 26, x: { label: null } });
  const colors = stepColors(steps.length);
  type Points = MeanSpectrum["points"];
  const lines = (value: (point: Points[number], points: Points) => number | null) =>
    curves.map(({ points }, i) => {
      const y = points.map((point) => value(point, points));
      return Plot.lineY(y, { x: points.map(({ q }) => q), stroke: colors[i]!, strokeWidth: 2 });
    });
  const bands = steps.map((step, i) =>
    Plot.areaY(bandAboveChord(rows.filter((row) => row.step === step)), {
      ...{ x: "q", y1: "least", y2: "largest", fill: colors[i]!, fillOpacity: 0.2 },
    })
  );
  const mean = rows.some(({ sample }) => sample === "full") ? "" : ", mean over samples";
  const ofBands = curves.some(({ samples }) => samples > 1)
    ? "; bands: from the least to the largest of the samples"
    : "";
  return drawFigure({
    name: "mass_exponent",
    title: (model === undefined ? "The" : `${model}: the`) +
      " mass exponent τ(q); it bends where neurons differ",
    caption: `Top: τ(q)${mean}. Middle: the same less the straight line between its ends; 0 ` +
      `everywhere would mean that all neurons grow their boxes alike (a monofractal)${ofBands}. ` +
      `Bottom: r² of the fits behind it; at q = 0 there is nothing to fit, τ is 0. ${made}`,
    panels: [
      {
        ...{ ...shared, height: 240, y: { label: "↑ τ(q)", grid: true } },
        marks: [...lines(({ tau }) => tau), ...stepKey(steps, colors)],
      },
      {
        ...{ ...shared, height: 210, y: { label: "↑ τ(q) above its chord", grid: true } },
        marks: [...bands, ...lines(aboveChord)],
      },
      {
        ...{ ...shared, height: 170, marginBottom: panel.marginBottom },
        x: { label: "order q →", labelAnchor: "center" },
        y: { label: "↑ r²", grid: true, domain: [0, 1] },
        marks: lines(({ rSquared }) => rSquared),
      },
    ],
  });
}

/** At each order of a step the least and the largest that its samples have above their chords. */
function bandAboveChord(rows: readonly SpectraRow[]) {
  const samples = [...Map.groupBy(rows, ({ sample }) => sample).values()];
  const values = samples.flatMap((own) =>
    own.map((point) => ({ q: point.q, value: aboveChord(point, own) }))
  );
  return Array.from(Map.groupBy(values, ({ q }) => q), ([q, own]) => {
    const [least, largest] = extent(own.map(({ value }) => value));
    return { q, least, largest };
  });
}

/** How far tau lies above the line between the ends of its curve. */
function aboveChord(
  { q, tau }: Pick<SpectraRow, "q" | "tau">,
  points: readonly Pick<SpectraRow, "q" | "tau">[],
): number {
  const [first, last] = [points[0]!, points.at(-1)!];
  return tau - first.tau - (last.tau - first.tau) * (q - first.q) / (last.q - first.q);
}
