/** Whether a run differs from others by more than they differ from each other. */

// @ts-types="@types/d3-array"
import { deviation as deviationOf, mean as meanOf } from "d3-array";
import defer * as student from "@stdlib/stats-base-dists-t-cdf";

/** How one run differs from runs of another kind, which differ in nothing but their seeds. */
export interface DifferenceFromSeeds {
  /** Number of runs it is compared with. */
  readonly seeds: number;
  /** Their mean. */
  readonly mean: number;
  /** Their standard deviation; `null` of a single one. */
  readonly deviation: number | null;
  /** The run's value less the mean. */
  readonly difference: number;
  /** The difference in units of what it would be were the run of the same kind; `null` where they do not differ. */
  readonly t: number | null;
  /** Two-sided p value of that, of Student's distribution with one degree of freedom less than there are seeds. */
  readonly pValue: number | null;
  /** `"ok"`, or why there is no p value. */
  readonly status: string;
}

/**
 * Compare a number of one run, such as its E at some step, with the same number of runs of another kind with several seeds.
 *
 * Were it one more run of their kind, t = (value − mean) / (deviation · √(1 + 1/n)) would follow Student's distribution.
 * With the two or three seeds that one can afford that is a weak test, and a single seed tells nothing.
 *
 * @throws {RangeError} If there is no other run, or a value is not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { differenceFromSeeds } from "neuromfa/statistics";
 *
 * const { difference, t, pValue } = differenceFromSeeds(0.9, [0.4, 0.5, 0.6]);
 * assert.equal(difference, 0.4);
 * assert.ok(t! > 3.4 && t! < 3.5);
 * assert.ok(pValue! > 0.05); // four deviations, and yet no surprise after three runs
 * assert.equal(differenceFromSeeds(0.9, [0.4]).t, null);
 * ```
 */
export function differenceFromSeeds(value: number, seeds: readonly number[]): DifferenceFromSeeds {
  if (seeds.length === 0) {
    throw new RangeError("there is no run to compare with; give one at least");
  }
  const wrong = [value, ...seeds].find((one) => !Number.isFinite(one));
  if (wrong !== undefined) {
    throw new RangeError(`a value to compare is ${wrong}; leave out runs without a value`);
  }
  const mean = meanOf(seeds)!, deviation = deviationOf(seeds) ?? null;
  const difference = value - mean;
  const unit = (deviation ?? 0) * Math.sqrt(1 + 1 / seeds.length);
  const t = unit > 0 ? difference / unit : null;
  const pValue = t === null ? null : 2 * student.default(-Math.abs(t), seeds.length - 1);
  const why = deviation === null
    ? "one seed does not tell how seeds differ"
    : "all seeds are equal";
  const status = t === null ? `no p value: ${why}` : "ok";
  return { seeds: seeds.length, mean, deviation, difference, t, pValue, status };
}
