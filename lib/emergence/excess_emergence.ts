/** E against the E of null models: what is left once the null model's part is taken away. */

// @ts-types="@types/d3-array"
import { deviation as deviationOf } from "d3-array";
import { jackknifeInterval, Resamples } from "../statistics/mean_interval.ts";
import { tQuantile } from "../statistics/t_quantile.ts";
import {
  checkSteps,
  type ComparableStep,
  degreeOfEmergence,
  type DegreeOfEmergenceOptions,
  emergence,
  type EmergenceRow,
  emergenceWithoutEach,
  keepSamples,
  sampleNumbers,
} from "./degree_of_emergence.ts";

/**
 * One row of the table of E with its null model, under the names of its columns; what there is not is NaN.
 *
 * @category Emergence
 */
export interface ExcessRow extends EmergenceRow {
  /** Mean E of the null draws. */
  readonly eNull: number;
  /** Lower end of where the E of one more draw of the null model would lie. */
  readonly eNullLow: number;
  /** Upper end of it. */
  readonly eNullHigh: number;
  /** E − E_null. */
  readonly excess: number;
  /** Lower end of the interval of the excess, which includes the spread of single null draws. */
  readonly excessLow: number;
  /** Upper end of it. */
  readonly excessHigh: number;
  /** Two-sided p value of E among the null draws. */
  readonly pValue: number;
  /** Null draws with an E. */
  readonly nullDraws: number;
}

/**
 * Compare E of each step with the E of null models, each a run of its own from step 0 on, as {@linkcode nullRun} gives it.
 *
 * `E_null` is the mean over the draws and the excess is E − E_null. **The p value is the test**, and it holds for null draws of any
 * distribution: of B draws and E itself, the share that lies at least as far from the mean of all B + 1 as E does,
 * `(1 + #) / (B + 1)`. Were E one more draw of the null model, it would be at most p with a chance of at most p; it is never
 * below 1 / (B + 1), so 0.05 takes 19 draws. It speaks of the network measured and of one step: steps share their permutations,
 * or in a full network at least those of the baseline, and are no independent tests.
 *
 * The intervals say how large the excess is. They are prediction intervals, `± t √(1 + 1 / B)` standard deviations of the
 * draws, t being Student's with B − 1 degrees of freedom: that of E_null holds the E of one more draw, and that of the excess
 * excludes 0 where E is none such. Sample k is the same neurons in all runs, so that what the neurons drawn have in common cancels. A
 * single draw, as of `rescale`, has no spread: the interval of the excess is then that of the samples, and there is no p value.
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
  const reference = checkSteps(observed, options.baseline);
  if (reference === null) {
    return rows.map((row) => Object.freeze({ ...row, ...nothing, nullDraws: 0 }));
  }
  const samples = sampleNumbers([...observed, ...nulls.flat()]);
  const kept = (steps: readonly ComparableStep[], step: number) =>
    keepSamples(steps.find((other) => other.step === step)!, samples, filterMode);
  const untrained = kept(observed, reference);
  const untrainedNulls = nulls.map((steps) => kept(steps, reference));
  const once = new Uint32Array(samples.length).fill(1);
  const resamples = new Resamples({ draws, seed });
  return rows.map((row) => {
    const now = kept(observed, row.step);
    const nullsNow = nulls.map((steps) => kept(steps, row.step));
    const allE = nullsNow.map((own, k) => emergence(own, untrainedNulls[k]!, once));
    const found = Float64Array.from(allE.filter(Number.isFinite));
    const status = statusOf(row, found, nulls.length, row.step === reference);
    if (Number.isNaN(row.E) || found.length === 0) {
      return Object.freeze({ ...row, ...nothing, nullDraws: found.length, status });
    }
    const eNull = found.reduce((sum, value) => sum + value, 0) / found.length;
    const excess = row.E - eNull;
    const both = { ...row, eNull, excess, nullDraws: found.length, status };
    if (found.length > 1) {
      // At the baseline every E is 0 by definition.
      const reach = row.step === reference ? 0 : predictionReach(found, level);
      return Object.freeze({
        ...both,
        ...{ eNullLow: eNull - reach, eNullHigh: eNull + reach },
        ...{ excessLow: excess - reach, excessHigh: excess + reach },
        pValue: nullPValue(row.E, found),
      });
    }
    // A single draw has no spread but that of its samples.
    const only = allE.findIndex(Number.isFinite);
    const ofNull = emergenceWithoutEach(nullsNow[only]!, untrainedNulls[only]!);
    const ofRun = emergenceWithoutEach(now, untrained);
    const interval = (value: number, without: Float64Array) =>
      Number.isNaN(row.eLow)
        ? { low: NaN, high: NaN }
        : jackknifeInterval(value, without, { level, draws, seed }, resamples);
    const band = interval(eNull, ofNull.without);
    const left = interval(excess, excessWithoutEach(ofRun, ofNull));
    return Object.freeze({
      ...both,
      ...{ eNullLow: band.low, eNullHigh: band.high },
      ...{ excessLow: left.low, excessHigh: left.high, pValue: NaN },
    });
  });
}

/** How far from the mean of some draws one more may lie, at a level; NaN if the draws are all the same. */
function predictionReach(draws: Float64Array, level: number): number {
  const deviation = deviationOf(draws)!;
  if (!(deviation > TOLERANCE)) return NaN;
  return tQuantile((1 + level) / 2, draws.length - 1) * deviation * Math.sqrt(1 + 1 / draws.length);
}

/** The excess without each of the samples that both have. */
function excessWithoutEach(
  run: ReturnType<typeof emergenceWithoutEach>,
  draw: ReturnType<typeof emergenceWithoutEach>,
): Float64Array {
  return Float64Array.from(run.positions.flatMap((position, i) => {
    const other = draw.positions.indexOf(position);
    return other < 0 ? [] : [run.without[i]! - draw.without[other]!];
  }));
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
function statusOf(
  { E, eLow, status }: EmergenceRow,
  found: Float64Array,
  given: number,
  isBaseline: boolean,
): string {
  const notes = status === "ok" ? [] : [status];
  if (Number.isNaN(E)) return status;
  if (found.length === 0) {
    notes.push(`no E_null: none of ${given} null draws has an E at this step`);
  } else if (found.length < given) {
    notes.push(`${given - found.length} of ${given} null draws have no E`);
  }
  if (found.length === 1) {
    notes.push("no p value: it needs two null draws or more");
    if (!Number.isNaN(eLow)) notes.push("the interval of the excess is over samples alone");
  }
  if (found.length > 1 && !isBaseline && !(deviationOf(found)! > TOLERANCE)) {
    notes.push(`no interval of the excess: all ${found.length} null draws have the same E`);
  }
  return notes.join("; ") || "ok";
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
