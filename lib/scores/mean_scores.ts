/** One number for what a model can do. */

import type { BenchmarkScore } from "./score_table.ts";
import { isHigherBetter } from "./metric_kind.ts";
import { shownName, someNames } from "../messages/shown.ts";

/** How means are taken. */
export interface MeanScoresOptions {
  /**
   * Called with what is left out: steps that lack a metric. Printed as a warning unless given.
   */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/**
 * The mean of all metrics at each step, every metric counting once. A metric of which more is not
 * known to be better, such as a loss, is left out. So is a step that lacks one of the metrics: its
 * mean would be of something else. `onWarning` is told how many these are.
 *
 * @param all Scores of one model, in any order.
 * @returns One entry for each step, steps ascending, under the metric `mean score`; its standard error takes those of the
 * metrics as independent of each other, and is `null` where one of them is not known.
 * @throws {RangeError} If no step has all metrics, or one is there twice at a step.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { meanScores, suiteScores } from "neuromfa/statistics";
 *
 * const scores = (await suiteScores(await openRun("suite:nano-64")))
 *   .filter(({ metric }) => metric !== "held_out_loss");
 * const last = meanScores(scores).at(-1)!;
 * assert.equal(last.value.toFixed(2), "0.89");
 * ```
 */
export function meanScores(
  all: readonly BenchmarkScore[],
  { onWarning = console.warn }: MeanScoresOptions = {},
): BenchmarkScore[] {
  const scores = all.filter((score) => isHigherBetter(score));
  const metrics = [...new Set(scores.map(({ metric }) => metric))];
  const steps = [...Map.groupBy(scores, ({ step }) => step)].sort(([a], [b]) => a - b);
  for (const [step, own] of steps) checkOnce(step, own);
  const whole = steps.filter(([, own]) => own.length === metrics.length);
  if (whole.length < steps.length) {
    const lacking = metrics.filter((metric) =>
      steps.some(([, own]) => own.every((score) => score.metric !== metric))
    );
    const words = leftOutWords(steps.filter((step) => !whole.includes(step)), lacking);
    if (whole.length === 0) {
      throw new RangeError(`no mean of ${metrics.length} scores can be taken at ${words}`);
    }
    onWarning(`the mean of ${metrics.length} scores is not taken at ${words}`);
  }
  return whole.map(([step, own]) => {
    const value = own.reduce((sum, { value }) => sum + value, 0) / own.length;
    const stderrs = own.flatMap(({ stderr }) => stderr ?? []);
    const stderr = stderrs.length < own.length ? null : Math.hypot(...stderrs) / own.length;
    return { step, metric: "mean score", value, stderr };
  });
}

function checkOnce(step: number, own: readonly BenchmarkScore[]): void {
  for (const [metric, { length }] of Map.groupBy(own, ({ metric }) => metric)) {
    if (length === 1) continue;
    throw new RangeError(
      `${shownName(metric)} is there ${length} times at step ${step}; a mean needs every metric ` +
        "once at each step, so leave one of them out",
    );
  }
}

/** Which steps lack a metric, which metrics, and what to do. */
function leftOutWords(
  steps: readonly (readonly [number, unknown])[],
  lacking: readonly string[],
): string {
  const isOne = steps.length === 1;
  const which = `${isOne ? "step" : "steps"} ${someNames(steps.map(([step]) => `${step}`))}`;
  const what = `${isOne ? "lacks" : "lack"} ${lacking.length === 1 ? "" : "one or more of "}`;
  return `${which}, which ${what}${someNames(lacking)}; leave that out of the scores to have ` +
    `${isOne ? "it" : "them"}`;
}
