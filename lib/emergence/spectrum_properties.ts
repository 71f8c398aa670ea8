/** What a spectrum is like at each step, property by property, where E is one number. */

import { spectrumAsymmetry } from "../multifractal/legendre_spectrum.ts";
import { columnName } from "../files/column_name.ts";
import type { SamplesRow, SpectraRow } from "../multifractal/spectra_tables.ts";

/** The properties of a step's spectra, each the mean over its samples, under the names of the columns. */
export interface SpectrumPropertiesRow {
  /** Training step. */
  readonly step: number;
  /** Samples that the means are over. */
  readonly samples: number;
  /** Regularity. */
  readonly alpha0: number | null;
  /** Heterogeneity. */
  readonly width: number | null;
  /** From −1, all of the spectrum above alpha_0, to 1, all of it below. */
  readonly asymmetry: number | null;
  /** Generalised dimension D_q of order −2, where sparse neurons count most. */
  readonly dMinus2: number | null;
  /** D_0. */
  readonly d0: number | null;
  /** D_2. */
  readonly d2: number | null;
  /** D_4, where dense neurons count most. */
  readonly d4: number | null;
  /** `"ok"`, or what is missing and why. */
  readonly status: string;
}

/** The q of tau(q) at which D_{q+1} = tau(q) / q is taken, by column. */
const DIMENSIONS = { dMinus2: -3, d0: -1, d2: 1, d4: 3 } as const;

/**
 * Take the properties of spectra apart, so that each can be correlated with each skill: E, as one number, hides which of them
 * goes along with what (a question of the reviewers of Xiao et al., ICLR 2025). The dimensions read sums over neurons, as
 * {@linkcode generalizedDimensions} does unless told otherwise. What cannot be had, such as a dimension whose order was left
 * out of the grid, is `null`; samples that the filter dropped do not count.
 *
 * @param measured Tables of orders and of samples, as a measurement has them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { spectrumProperties } from "neuromfa/statistics";
 *
 * const measured = await measure("suite:nano-64", { samples: 2, steps: [0, 512] });
 * const [untrained] = spectrumProperties(measured);
 * assert.ok(untrained!.dMinus2! > untrained!.d0! && untrained!.d0! > untrained!.d4!);
 * assert.equal(untrained!.alpha0!.toFixed(9), measured.rows[0]!.alpha0.toFixed(9));
 * ```
 */
export function spectrumProperties(
  { spectra, samples }: {
    readonly spectra: readonly SpectraRow[];
    readonly samples: readonly SamplesRow[];
  },
): SpectrumPropertiesRow[] {
  const orders = Map.groupBy(spectra, ({ step, sample }) => `${step} ${sample}`);
  return [...Map.groupBy(samples, ({ step }) => step)].map(([step, own]) => {
    const kept = own.filter(({ alpha0, filtered }) => alpha0 !== null && filtered !== true);
    const ofOne = kept.map(({ sample, alpha0, width }) => {
      const rows = orders.get(`${step} ${sample}`) ?? [];
      const alpha = rows.flatMap(({ alpha }) => alpha === null ? [] : [alpha]);
      const dimension = (order: number) => {
        const row = rows.find(({ q }) => Math.abs(q - order) < 1e-9);
        return row === undefined ? null : row.tau / row.q;
      };
      return {
        ...{ alpha0, width },
        asymmetry: alpha.length === 0 ? null : spectrumAsymmetry(alpha, alpha0!),
        dMinus2: dimension(DIMENSIONS.dMinus2),
        d0: dimension(DIMENSIONS.d0),
        d2: dimension(DIMENSIONS.d2),
        d4: dimension(DIMENSIONS.d4),
      };
    });
    const mean = (property: keyof typeof ofOne[number]) =>
      meanOf(ofOne.map((sample) => sample[property]));
    const means = {
      ...{ alpha0: mean("alpha0"), width: mean("width"), asymmetry: mean("asymmetry") },
      ...{ dMinus2: mean("dMinus2"), d0: mean("d0"), d2: mean("d2"), d4: mean("d4") },
    };
    const missing = Object.entries(means).filter(([, value]) => value === null)
      .map(([property]) => columnName(property));
    const status = missing.length === 0
      ? "ok"
      : kept.length === 0
      ? "no sample has a spectrum"
      : `no ${missing.join(", ")}: a sample has no such order`;
    return Object.freeze({ step, samples: kept.length, ...means, status });
  });
}

/** The mean of some values, `null` without any or where one is missing. */
function meanOf(values: readonly (number | null)[]): number | null {
  if (values.length === 0 || values.includes(null)) return null;
  return values.reduce<number>((sum, value) => sum + value!, 0) / values.length;
}
