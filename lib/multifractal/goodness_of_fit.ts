/** How well the partition function follows a power law, for every order and step. */

// @ts-types="@types/d3-array"
import { mean, median, min } from "d3-array";
import type { StepSpectra } from "./multifractal_spectra.ts";

/** The fits of one order at one step, under the names of their columns. */
export interface GoodnessOfFitRow {
  /** Training step. */
  readonly step: number;
  /** Order; q = 0 has no row, since Z does not change there. */
  readonly q: number;
  /** Mean over samples of r², the share of the variance of ln Z that the line explains. */
  readonly r2Mean: number;
  /** Smallest r² of a sample. */
  readonly r2Least: number;
  /** Samples with a spectrum. */
  readonly samples: number;
}

/**
 * Tabulate r² of every fit of tau(q) over training. Radii are no independent points: masses only ever grow with them, so r²
 * is high for any smooth curve, and 0.9 is already far from a line.
 *
 * @returns One row for each step and order other than 0; none for a step at which no sample has a spectrum.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 * import { goodnessOfFit } from "neuromfa/multifractal";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0] });
 * const rows = goodnessOfFit(await multifractalSpectra(networks));
 * assert.equal(rows.length, 60);
 * assert.ok(rows.every(({ r2Least, r2Mean }) => r2Least <= r2Mean && r2Mean <= 1));
 * ```
 */
export function goodnessOfFit(spectra: readonly StepSpectra[]): GoodnessOfFitRow[] {
  return spectra.flatMap(({ step, samples }) => {
    const fits = samples.flatMap(({ spectrum }) => spectrum.status === "ok" ? [spectrum] : []);
    const rows = Array.from(fits[0]?.q ?? [], (q, i) => {
      const squares = fits.map(({ rValue }) => rValue[i]! ** 2);
      return { step, q, r2Mean: mean(squares)!, r2Least: min(squares)!, samples: fits.length };
    });
    return rows.filter(({ q }) => q !== 0);
  });
}

/** The least and the middle r² of all orders but 0 and all samples of a step, and its nodes. */
export function fitsOfStep(
  { samples }: StepSpectra,
): { nodesKept: number; r2Least: number; r2Median: number } {
  const squares = samples.flatMap(({ spectrum }) =>
    spectrum.status === "ok"
      ? Array.from(spectrum.rValue, (r) => r * r).filter((_, i) => spectrum.q[i] !== 0)
      : []
  );
  const nodesKept = mean(samples, ({ spectrum }) => spectrum.selectedNodes)!;
  return { nodesKept, r2Least: min(squares) ?? NaN, r2Median: median(squares) ?? NaN };
}
