/** How the spectrum of a step is drawn, with how far its samples lie apart. */
import * as Plot from "@observablehq/plot";
import type { SpectraRow } from "../multifractal/spectra_tables.ts";
import type { MeanSpectrum } from "./average_spectra.ts";

/** What the band is, for captions. */
export const spectrumBandCaption =
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
