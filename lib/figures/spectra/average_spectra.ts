/** Means of spectra over the samples of a step. */

import type { SpectraRow } from "../../multifractal/spectra_tables.ts";

/** One order of a mean spectrum; where the table has no alpha, the last order, it is `null`. */
export interface MeanSpectrumPoint {
  readonly q: number;
  readonly tau: number;
  /** Mean square of the fits' correlation coefficient; `null` at q = 0, where there is nothing to fit. */
  readonly rSquared: number | null;
  readonly alpha: number | null;
  readonly fAlpha: number | null;
}

/** The mean spectrum of a step. */
export interface MeanSpectrum {
  readonly step: number;
  /** Number of samples averaged. */
  readonly samples: number;
  readonly points: readonly MeanSpectrumPoint[];
}

/**
 * Average the spectra of each of some steps over its samples, order by order.
 *
 * @throws {RangeError} If there is no step, or one has no row, naming those that have.
 */
export function averageSpectra(
  rows: readonly SpectraRow[],
  steps: readonly number[],
): MeanSpectrum[] {
  const there = [...new Set(rows.map((row) => row.step))].join(", ");
  if (steps.length === 0) throw new RangeError(`no step to draw; the table has the steps ${there}`);
  return steps.map((step) => {
    const own = rows.filter((row) => row.step === step);
    if (own.length === 0) {
      throw new RangeError(`step ${step} has no spectrum in the table; steps: ${there}`);
    }
    const orders = Map.groupBy(own, ({ q }) => q);
    const samples = new Set(own.map(({ sample }) => sample)).size;
    const points = [...orders].map(([q, group]) => ({
      q,
      tau: mean(group.map(({ tau }) => tau))!,
      rSquared: q === 0 ? null : mean(group.map(({ rValue }) => rValue ** 2)),
      alpha: mean(group.map(({ alpha }) => alpha)),
      fAlpha: mean(group.map(({ fAlpha }) => fAlpha)),
    }));
    return { step, samples, points };
  });
}

function mean(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum / values.length;
}
