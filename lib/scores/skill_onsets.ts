/** When a skill emerges. */

import { isHigherBetter, isLowerBetter } from "./metric_kind.ts";
import type { BenchmarkScore } from "./score_table.ts";

/** The onset of one skill, under the names of the columns. */
export interface SkillOnset {
  /** Name of the skill. */
  readonly metric: string;
  /** The step of its onset, or `null` where there is none. */
  readonly step: number | null;
  /** Score at the first step that has one; `null` where none has. */
  readonly first: number | null;
  /** Score at the last step that has one. */
  readonly last: number | null;
  /** `"ok"`, or why there is no onset. */
  readonly status: string;
}

/** What counts as an onset. */
export interface SkillOnsetOptions {
  /** The share of the way from the first to the last score that must be surpassed, 0 to 1; a half unless given. */
  readonly share?: number;
  /** Standard errors by which it must be surpassed; 1.96 unless given. */
  readonly stderrs?: number;
}

/**
 * Find the onset of every skill: the first step at which its score is certainly past half of the way from the first
 * (untrained) to the last score, the lower end of its interval, `value − 1.96 · stderr`, lying above that half. A score that
 * falls as it gets better, such as a loss, is turned over. A skill whose last score cannot be told
 * from the first, or is worse, has none, nor has one without standard errors: nothing is certain of it. It says
 * when a score rose relative to where it ended, not whether the end is good: a skill that stops at
 * a third has an onset too, so the table gives both ends.
 *
 * @param scores Scores of one model, in any order.
 * @returns One entry for each skill, in the order met.
 * @throws {RangeError} If the share is not from 0 to 1, or the number of standard errors is negative.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { skillOnsets, suiteScores } from "neuromfa/statistics";
 *
 * const onsets = skillOnsets(await suiteScores(await openRun("suite:nano-64")));
 * assert.equal(onsets.find(({ metric }) => metric === "addition")!.step, 2560);
 * ```
 */
export function skillOnsets(
  scores: readonly BenchmarkScore[],
  { share = 0.5, stderrs = 1.96 }: SkillOnsetOptions = {},
): SkillOnset[] {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(`share must lie between 0 and 1, but it is ${share}; 0.5 is the default`);
  }
  if (!(stderrs >= 0)) {
    throw new RangeError(`stderrs must be 0 or more, but it is ${stderrs}; 1.96 is the default`);
  }
  return [...Map.groupBy(scores, ({ metric }) => metric)].map(([metric, group]) => {
    const own = group.toSorted((a, b) => a.step - b.step)
      .filter(({ value, stderr }) => Number.isFinite(value) && Number.isFinite(stderr ?? 0));
    if (own.length < 2) {
      const value = own[0]?.value ?? null;
      return { metric, first: value, last: value, step: null, status: "fewer than two scores" };
    }
    const from = own[0]!, to = own.at(-1)!;
    const ends = { metric, first: from.value, last: to.value };
    const gain = to.value - from.value;
    if (from.stderr === null || to.stderr === null) {
      return { ...ends, step: null, status: "the standard errors of the scores are not known" };
    }
    if (Math.abs(gain) <= stderrs * Math.hypot(from.stderr, to.stderr)) {
      return { ...ends, step: null, status: "the last score can't be told from the first" };
    }
    if (gain < 0 ? isHigherBetter(to) : isLowerBetter(to)) {
      return { ...ends, step: null, status: "the last score is worse than the first" };
    }
    const reached = own.find(({ value, stderr }) =>
      stderr !== null &&
      Math.sign(gain) * (value - from.value - share * gain) > stderrs * stderr
    );
    if (reached) return { ...ends, step: reached.step, status: "ok" };
    return { ...ends, step: null, status: `no score is certainly past ${share} of the way` };
  });
}
