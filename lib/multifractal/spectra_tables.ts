/** Spectra as tables: one row an order, and one row a sample. */

import type { MultifractalSpectrum, NetworkCounts } from "./multifractal_spectrum.ts";
import type { FilterMode } from "../options/values.ts";
import { slopePValue } from "../statistics/linear_regression.ts";

/** One order of one sample's spectrum, under the names of the columns of `spectra.csv`. */
export interface SpectraRow {
  /** Training step. */
  readonly step: number;
  /** Number of the sample, or `full`. */
  readonly sample: SampleNumber;
  /** Order. */
  readonly q: number;
  /** Mass exponent. */
  readonly tau: number;
  /** Correlation coefficient of the fit of tau. */
  readonly rValue: number;
  /** Two-sided p value of the fit. */
  readonly pValue: number;
  /** Standard error of tau. */
  readonly stderr: number;
  /** Lipschitz–Hölder exponent between this order and the next; `null` at the last order. */
  readonly alpha: number | null;
  /** f(alpha); `null` at the last order. */
  readonly fAlpha: number | null;
}

/** One sample, under the names of the columns of `samples.csv`; what a sample without a spectrum lacks is `null`. */
export interface SamplesRow extends NetworkCounts {
  /** Training step. */
  readonly step: number;
  /** Number of the sample, or `full`. */
  readonly sample: SampleNumber;
  /** alpha_0 by the convention chosen. */
  readonly alpha0: number | null;
  /** Place of the largest f among the orders. */
  readonly alpha0Index: number | null;
  /** tau'(0), whichever convention was chosen. */
  readonly alpha0Analytic: number | null;
  /** Whether two orders share the largest f. */
  readonly tie: boolean | null;
  /** Width of the spectrum. */
  readonly width: number | null;
  /** Whether the filter mode drops the sample. */
  readonly filtered: boolean | null;
  /** `ok`, or why there is no spectrum. */
  readonly status: string;
}

/** What tables need of a step; every {@linkcode StepSpectra} has it. */
export interface TabulatedStep {
  /** Training step. */
  readonly step: number;
  /** The spectrum of each sample, or of the full network. */
  readonly samples: readonly {
    readonly sample: SampleNumber;
    readonly spectrum: MultifractalSpectrum;
  }[];
}

/**
 * The rows of `spectra.csv`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 * import { spectraTable } from "neuromfa/multifractal";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const spectra = await multifractalSpectra(networks);
 * const rows = spectraTable(spectra);
 * assert.equal(rows.length, 2 * 2 * 61); // steps × samples × orders
 * assert.ok(rows.every(({ q, tau }) => q !== 0 || tau === 0));
 * ```
 */
export function spectraTable(spectra: readonly TabulatedStep[]): SpectraRow[] {
  return spectra.flatMap(({ step, samples }) =>
    samples.flatMap(({ sample, spectrum }) => {
      if (spectrum.status !== "ok") return [];
      const { tau, rValue, radii, stderr, alpha, fAlpha } = spectrum;
      return Array.from(spectrum.q, (q, i) => ({
        ...{ step, sample, q, tau: tau[i]!, rValue: rValue[i]! },
        pValue: slopePValue(rValue[i]!, radii),
        ...{ stderr: stderr[i]!, alpha: alpha[i] ?? null, fAlpha: fAlpha[i] ?? null },
      }));
    })
  );
}

/**
 * The rows of `samples.csv`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 * import { samplesTable } from "neuromfa/multifractal";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const spectra = await multifractalSpectra(networks);
 * const rows = samplesTable(spectra);
 * assert.deepEqual(rows.map(({ step, sample }) => [step, sample]), [[0, 0], [0, 1], [512, 0], [512, 1]]);
 * assert.ok(rows.every(({ status, alpha0 }) => status === "ok" && alpha0! > 0));
 * ```
 */
export function samplesTable(
  spectra: readonly TabulatedStep[],
  filterMode: FilterMode = 0,
): SamplesRow[] {
  return spectra.flatMap(({ step, samples }) =>
    samples.map(({ sample, spectrum }) => {
      const { edges, nodes, selectedNodes, radii } = spectrum;
      const found = spectrum.status === "ok" ? spectrum : null;
      return {
        ...{ step, sample, edges, nodes, selectedNodes, radii },
        alpha0: found?.alpha0 ?? null,
        alpha0Index: found?.maximum.index ?? null,
        alpha0Analytic: found?.alpha0Analytic ?? null,
        tie: found?.maximum.tie ?? null,
        width: found?.width ?? null,
        filtered: found && !found.filterPass[filterMode],
        status: spectrum.status === "ok" ? "ok" : spectrum.reason,
      };
    })
  );
}

/** The number of a sample, or `full` for the full network, which is no sample. */
export type SampleNumber = number | "full";

/** Name it in words, e.g. `sample 3`, or `the full network`. */
export function sampleWords(sample: SampleNumber): string {
  return sample === "full" ? "the full network" : `sample ${sample}`;
}
