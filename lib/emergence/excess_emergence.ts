/** E against the E of null models: what is left once the null model's part is taken away. */

import { percentileInterval, resampleWeights } from "../statistics/bootstrap_interval.ts";
import {
  checkSteps,
  type ComparableStep,
  degreeOfEmergence,
  type DegreeOfEmergenceOptions,
  emergence,
  type EmergenceRow,
  keepSamples,
  sampleNumbers,
  weightedMean,
} from "./degree_of_emergence.ts";

/**
 * One row of the table of E with its null model, under the names of its columns; what there is not is NaN.
 *
 * @category Emergence
 */
export interface ExcessRow extends EmergenceRow {
  /** Mean E of the null draws. */
  readonly eNull: number;
  /** Lower end of where the null model's E lie: one draw at a time, its samples resampled. */
  readonly eNullLow: number;
  /** Upper end of where the null model's E lie. */
  readonly eNullHigh: number;
  /** E − E_null. */
  readonly excess: number;
  /** Lower end of the bootstrap interval of the excess, samples and draws resampled. */
  readonly excessLow: number;
  /** Upper end of the bootstrap interval of the excess. */
  readonly excessHigh: number;
  /** Two-sided p value of E among the null draws. */
  readonly pValue: number;
  /** Null draws with an E. */
  readonly nullDraws: number;
}

/** What changes the seed of the samples' bootstrap into the draws', so that the two are not resampled alike. */
const OTHER_SEED = 0x6e756c6c;

/**
 * Compare E of each step with the E of null models, each a run of its own from step 0 on, as {@linkcode nullRun} gives it.
 *
 * `E_null` is the mean over the draws and the excess is E − E_null. The interval of the excess is a paired bootstrap: a
 * resample of the samples (sample k is the same neurons in all runs) holds for E and all draws, and the draws are
 * resampled too. The interval of E_null is that of single draws, not of their mean: E outside it is more than chance gives.
 *
 * The p value is that of a permutation test: of B draws and E itself, the share that lies at least as far from the mean of all
 * B + 1 as E does, `(1 + #) / (B + 1)`. Were E one more draw of the null model, it would be at most p with a chance of
 * at most p; it is never below 1 / (B + 1), so 0.05 takes 19 draws. It speaks of the network measured and
 * of one step: steps share their permutations and are no independent tests.
 *
 * @category Emergence
 * @param nulls For each null draw the spectra of the same steps.
 * @returns The rows of {@linkcode degreeOfEmergence} with the null model's columns, in the order given. The status says
 * why numbers are NaN.
 * @throws {RangeError} If there is no null draw, one lacks a step, a step comes twice, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { excessEmergence } from "neuromfa";
 *
 * const at = (step: number, width: number) => {
 *   const alpha0 = step === 0 ? 1 : 0.5;
 *   const spectrum = { status: "ok", alpha0, width, filterPass: [true, true, true, true] } as const;
 *   return { step, samples: [0, 1].map((sample) => ({ sample, spectrum })) };
 * };
 * const nulls = [1, 1.2].map((width) => [at(0, 1), at(1000, width)]);
 * const [, last] = excessEmergence([at(0, 1), at(1000, 2)], nulls);
 * equal(last!.E, 2 * Math.log(2));
 * equal(last!.eNull.toFixed(12), (1.1 * Math.log(2)).toFixed(12));
 * equal(last!.pValue, 1 / 3);
 * ```
 */
export function excessEmergence(
  observed: readonly ComparableStep[],
  nulls: readonly (readonly ComparableStep[])[],
  options: DegreeOfEmergenceOptions = {},
): ExcessRow[] {
  const rows = degreeOfEmergence(observed, options);
  checkNulls(observed, nulls);
  const { filterMode = 0, draws = 2000, level = 0.95, seed = 0 } = options;
  const samples = sampleNumbers([...observed, ...nulls.flat()]);
  const kept = (steps: readonly ComparableStep[], step: number) =>
    keepSamples(steps.find((other) => other.step === step)!, samples, filterMode);
  const untrained = kept(observed, 0);
  const untrainedNulls = nulls.map((steps) => kept(steps, 0));
  const once = new Uint32Array(samples.length).fill(1);
  const sampleTimes = resampleWeights(samples.length, draws, seed);
  const drawTimes = resampleWeights(nulls.length, draws, (seed ^ OTHER_SEED) >>> 0);
  const resample = (times: Uint32Array, width: number, draw: number) =>
    times.subarray(draw * width, (draw + 1) * width);
  return rows.map((row) => {
    const now = kept(observed, row.step);
    const nullsNow = nulls.map((steps) => kept(steps, row.step));
    const nullE = (times: Uint32Array, k: number) =>
      finite(emergence(nullsNow[k]!, untrainedNulls[k]!, times));
    const allE = (times: Uint32Array) => Float64Array.from(nullsNow, (_, k) => nullE(times, k));
    const found = allE(once).filter((value) => !Number.isNaN(value));
    const status = statusOf(row, found.length, nulls.length);
    if (Number.isNaN(row.E) || found.length === 0) {
      return Object.freeze({ ...row, ...nothing, nullDraws: found.length, status });
    }
    const eNull = found.reduce((sum, value) => sum + value, 0) / found.length;
    // A single draw and a single sample have nothing to resample.
    const resampled = found.length > 1 || !Number.isNaN(row.eLow);
    const interval = (statistic: (times: Uint32Array, draw: number) => number) => {
      const one = (draw: number) => statistic(resample(sampleTimes, samples.length, draw), draw);
      return resampled ? percentileInterval(draws, one, level) : { low: NaN, high: NaN };
    };
    const band = interval((times, draw) => nullE(times, draw % nulls.length));
    const excess = interval((times, draw) =>
      finite(emergence(now, untrained, times)) -
      weightedMean(allE(times), resample(drawTimes, nulls.length, draw))
    );
    return Object.freeze({
      ...row,
      ...{ eNull, eNullLow: band.low, eNullHigh: band.high },
      ...{ excess: row.E - eNull, excessLow: excess.low, excessHigh: excess.high },
      pValue: found.length < 2 ? NaN : nullPValue(row.E, found),
      ...{ nullDraws: found.length, status },
    });
  });
}

const nothing = {
  ...{ eNull: NaN, eNullLow: NaN, eNullHigh: NaN },
  ...{ excess: NaN, excessLow: NaN, excessHigh: NaN, pValue: NaN },
};

function checkNulls(
  observed: readonly ComparableStep[],
  nulls: readonly (readonly ComparableStep[])[],
): void {
  if (nulls.length === 0) {
    throw new RangeError(
      "There is no null draw to compare E with; give the spectra of one or more",
    );
  }
  for (const [draw, steps] of nulls.entries()) {
    checkSteps(steps);
    const lacking = observed.find(({ step }) => !steps.some((other) => other.step === step));
    if (!lacking) continue;
    throw new RangeError(
      `Null draw ${draw} lacks step ${lacking.step}; measure the same steps of every draw`,
    );
  }
}

/** The status of a row: what E lacks, then what the null model's columns lack. */
function statusOf({ E, eLow, status }: EmergenceRow, found: number, given: number): string {
  const notes = status === "ok" ? [] : [status];
  if (Number.isNaN(E)) return status;
  if (found === 0) notes.push(`no E_null: none of ${given} null draws has an E at this step`);
  else if (found < given) notes.push(`${given - found} of ${given} null draws have no E`);
  if (found > 1 && Number.isNaN(eLow)) notes.push("the excess has an interval over draws alone");
  if (found === 1) notes.push("no p value: it needs two null draws or more");
  return notes.join("; ") || "ok";
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}

/** Rounding must not decide whether equal distances are equal. */
const TOLERANCE = 1e-12;

/** The share of all that lie at least as far from the mean of all as the observed value does. */
export function nullPValue(observed: number, nulls: Float64Array): number {
  const all = [observed, ...nulls];
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const far = Math.abs(observed - mean) - TOLERANCE * Math.max(1, ...all.map(Math.abs));
  return all.filter((value) => Math.abs(value - mean) >= far).length / all.length;
}
