/** How the spectrum of a step is drawn, with how far its samples lie apart. */

import * as Plot from "@observablehq/plot";
import type { SpectraRow } from "../../multifractal/spectra_tables.ts";
import type { MeanSpectrum } from "./average_spectra.ts";

/** What the band is, for captions. */
export const SPECTRUM_BAND_CAPTION =
  "Bands: at each order q the least to the largest α of the samples, at their mean f.";

/**
 * A line for the mean spectrum of a step and a band from the least to the largest alpha that its samples have at each order.
 *
 * @param curve The mean spectrum.
 * @param rows Rows of the table of spectra, of any steps.
 * @param color Its colour.
 */
export function spectrumMarks(
  { step, points }: MeanSpectrum,
  rows: readonly SpectraRow[],
  color: string,
): Plot.Markish[] {
  const byOrder = Map.groupBy(
    rows.filter((row) => row.step === step && row.alpha !== null),
    ({ q }) => q,
  );
  const drawn = points.flatMap(({ q, alpha, fAlpha }) => {
    if (alpha === null || fAlpha === null) return [];
    const alphas = byOrder.get(q)!.map((row) => row.alpha!);
    return [{ q, alpha, fAlpha, least: Math.min(...alphas), largest: Math.max(...alphas) }];
  });
  // Left and right of the peak f is a height like any other; across it, it goes up and down again.
  const sides = [drawn.filter(({ q }) => q >= 0), drawn.filter(({ q }) => q <= 0)];
  return [
    ...sides.map((side) =>
      Plot.areaX(side, { x1: "least", x2: "largest", y: "fAlpha", fill: color, fillOpacity: 0.2 })
    ),
    Plot.line(drawn, { x: "alpha", y: "fAlpha", stroke: color, strokeWidth: 2 }),
  ];
}

/** Share of an axis that is left free at either end. */
const MARGIN = 0.03;

/**
 * Domains of alpha and f(alpha) that hold every sample of some steps.
 *
 * @param tables The tables of spectra, one a panel.
 * @param steps The steps drawn.
 */
export function spectrumDomains(
  tables: readonly (readonly SpectraRow[])[],
  steps: readonly number[],
): { x: [number, number]; y: [number, number] } {
  const rows = tables.flatMap((table) =>
    table.filter(({ step, alpha }) => alpha !== null && steps.includes(step))
  );
  return {
    x: domain(rows.map(({ alpha }) => alpha!)),
    y: domain(rows.map(({ fAlpha }) => fAlpha!)),
  };
}

function domain(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [low - MARGIN * (high - low), high + MARGIN * (high - low)];
}
