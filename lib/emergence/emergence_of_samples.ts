/** E between the samples of one checkpoint: how large it is where nothing was trained in between. */

import { emergenceAgainst } from "./degree_of_emergence.ts";
import type { SampleNumber } from "../multifractal/spectra_tables.ts";

/** One sample compared with the first, under the names of its columns. */
export interface SampleEmergenceRow {
  /** The training step of the checkpoint. */
  readonly step: number;
  /** Number of the sample. */
  readonly sample: SampleNumber;
  /** Its alpha_0; `null` where it has no spectrum. */
  readonly alpha0: number | null;
  /** Its width; `null` where it has no spectrum. */
  readonly width: number | null;
  /** E against the first sample; `null` where there is none. */
  readonly E: number | null;
  /** `ok`, or why there is no E. */
  readonly status: string;
}

/** What is needed of a sample; rows of {@linkcode samplesTable} and of a measurement have it. */
export type ComparedSample = Omit<SampleEmergenceRow, "E">;

/**
 * Compare the samples of one checkpoint with the first of them, `E_k = width_k / width_1 · ln(alpha_0,1 / alpha_0,k)`, as the
 * paper does for ten samples of BERT-large (Xiao et al., ICLR 2025, arXiv 2402.09099): E as large as this says nothing about
 * training.
 *
 * @param samples The samples of one step, such as `samples` of a measurement.
 * @returns A row for each sample, the first with E 0.
 * @throws {RangeError} If they are of several steps, there are fewer than two, or the first has no spectrum.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { emergenceOfSamples } from "neuromfa/statistics";
 *
 * const sample = { step: 512, status: "ok" };
 * const rows = emergenceOfSamples([
 *   { ...sample, sample: 0, alpha0: 1, width: 0.5 },
 *   { ...sample, sample: 1, alpha0: 0.5, width: 1 },
 * ]);
 * assert.deepEqual(rows.map(({ E }) => E), [0, 2 * Math.log(2)]);
 * ```
 */
export function emergenceOfSamples(samples: readonly ComparedSample[]): SampleEmergenceRow[] {
  const steps = [...new Set(samples.map(({ step }) => step))];
  if (steps.length > 1) {
    throw new RangeError(
      `samples of one checkpoint are compared, but these are of the steps ${steps.join(", ")}; ` +
        "give those of one step",
    );
  }
  const [first] = samples;
  if (first === undefined || samples.length < 2) {
    throw new RangeError(
      `there is nothing to compare: samples must be at least 2, but there are ${samples.length}`,
    );
  }
  if (first.alpha0 === null || first.width === null) {
    throw new RangeError(
      `sample ${first.sample} of step ${first.step}, which all others are compared with, has no ` +
        `spectrum: ${first.status.replace(/\.$/, "")}`,
    );
  }
  const compared = { alpha0: first.alpha0, width: first.width };
  return samples.map(({ step, sample, alpha0, width, status }) => {
    const E = alpha0 === null || width === null
      ? null
      : emergenceAgainst(compared, { alpha0, width });
    if (E === null || Number.isFinite(E)) return { step, sample, alpha0, width, E, status };
    const why = "no E: alpha_0 of this sample, or width of the first, is not above 0";
    return { step, sample, alpha0, width, E: null, status: why };
  });
}
