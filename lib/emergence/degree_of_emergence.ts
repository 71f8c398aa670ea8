/** The degree of emergence E over training. */
import type { FilterMode } from "../multifractal/spectrum_filter.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import { bootstrapInterval } from "./bootstrap_interval.ts";
import {
  emergence,
  keepSamples,
  sampleNumbers,
  weightedMean,
  whyNoEmergence,
} from "./kept_samples.ts";
import { resampleWeights } from "./resample_weights.ts";
import { checkSteps } from "./step_spectra.ts";
import type { ComparableStep } from "./step_spectra.ts";

/** One row of the table of E, under the names of its columns. */
export interface EmergenceRow {
  /** The training step. */
  readonly step: number;
  /** Regularity: mean alpha_0 of the samples kept. */
  readonly alpha_0: number;
  /** Heterogeneity: mean width of the samples kept. */
  readonly width: number;
  /** The degree of emergence. */
  readonly E: number;
  /** Lower end of the bootstrap interval of E. */
  readonly E_low: number;
  /** Upper end of the bootstrap interval of E. */
  readonly E_high: number;
  /** Samples with a spectrum that passes the filter. */
  readonly samples_kept: number;
  /** `"ok"`, or a sentence that says why some of the numbers are NaN. */
  readonly status: string;
}

/** How E is taken. */
export interface DegreeOfEmergenceOptions {
  /** Which spectra are left out; 0, none, unless given. */
  readonly filterMode?: FilterMode;
  /** Bootstrap resamples of the samples; 2,000 unless given. */
  readonly draws?: number;
  /** Share of the resamples inside the interval; 0.95 unless given. */
  readonly level?: number;
  /** Seed of the bootstrap; 0 unless given. */
  readonly seed?: number;
}

/**
 * Compute the degree of emergence `E(t) = width(t) / width(0) · ln(alpha_0(0) / alpha_0(t))` of every step from
 * means over the samples kept, t = 0 being the untrained model (Xiao et al., ICLR 2025, arXiv 2402.09099).
 * The interval resamples the samples, each with its spectra at t and at 0 together, since both were drawn alike.
 *
 * @param steps The spectra of every step, step 0 among them.
 * @param options Filter mode and bootstrap.
 * @returns One row for each step, in the order given.
 * @throws {RangeError} If step 0 is missing, a step comes twice, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { degreeOfEmergence } from "neuromfa";
 *
 * const at = (step: number, alpha0: number, width: number) => ({
 *   step,
 *   samples: [0, 1].map((sample) => ({
 *     sample,
 *     spectrum: { status: "ok" as const, alpha0, width, filterPass: [true, true, true, true] as const },
 *   })),
 * });
 * const [, last] = degreeOfEmergence([at(0, 1, 0.5), at(1000, 0.5, 1)]);
 * equal(last!.E, 2 * Math.log(2));
 * ```
 */
export function degreeOfEmergence(
  steps: readonly ComparableStep[],
  options: DegreeOfEmergenceOptions = {},
): EmergenceRow[] {
  refuseUnknownOptions("degreeOfEmergence", options, ["filterMode", "draws", "level", "seed"]);
  const { filterMode = 0, draws = 2000, level = 0.95, seed = 0 } = options;
  if (![0, 1, 2, 3].includes(filterMode)) {
    throw new RangeError(`filterMode must be 0, 1, 2 or 3, but it is ${filterMode}.`);
  }
  checkSteps(steps);
  const samples = sampleNumbers(steps);
  const kept = steps.map((step) => keepSamples(step, samples, filterMode));
  const untrained = kept[steps.findIndex(({ step }) => step === 0)]!;
  const weights = resampleWeights(samples.length, draws, seed);
  const once = new Uint32Array(samples.length).fill(1);
  return steps.map(({ step }, i) => {
    const now = kept[i]!;
    const row = {
      step,
      alpha_0: weightedMean(now.alpha0, once),
      width: weightedMean(now.width, once),
      E: emergence(now, untrained, once),
      E_low: NaN,
      E_high: NaN,
      samples_kept: now.kept,
    };
    const missing = whyNoEmergence(now, untrained, row.E, filterMode);
    if (missing) return Object.freeze({ ...row, E: NaN, status: missing });
    const fewest = Math.min(now.kept, untrained.kept);
    if (fewest < 2) {
      const status = `no interval: ${fewest} sample kept at this step or step 0, and it needs 2`;
      return Object.freeze({ ...row, status });
    }
    const interval = bootstrapInterval(
      weights,
      samples.length,
      (times) => emergence(now, untrained, times),
      level,
    );
    const { low: E_low, high: E_high, status } = interval;
    return Object.freeze({
      ...row,
      E_low,
      E_high,
      status: status === "ok" ? status : `no interval: ${status}`,
    });
  });
}
