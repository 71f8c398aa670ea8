/** One number for what a model can do. */

import type { BenchmarkScore } from "./suite_scores.ts";
import { isHigherBetter } from "./metric_kind.ts";
import { shownName } from "../messages/shown.ts";

/**
 * The mean of all metrics at each step, every metric counting once. A metric of which more is not
 * known to be better, such as a loss, is left out.
 *
 * @param all Scores of one model, in any order.
 * @returns One entry for each step, steps ascending, under the metric `mean score`; its standard error takes those of the
 * metrics as independent of each other, and is `null` where one of them is not known.
 * @throws {RangeError} If a metric is missing at a step that another has, or is there twice: the means would be of
 * different things.
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
export function meanScores(all: readonly BenchmarkScore[]): BenchmarkScore[] {
  const scores = all.filter((score) => isHigherBetter(score));
  const metrics = new Set(scores.map(({ metric }) => metric));
  return [...Map.groupBy(scores, ({ step }) => step)].sort(([a], [b]) => a - b).map(
    ([step, own]) => {
      for (const metric of metrics) {
        const count = own.filter((score) => score.metric === metric).length;
        if (count === 1) continue;
        const found = `${shownName(metric)} is there ${count} times at step ${step}`;
        throw new RangeError(
          `${found}; a mean needs every metric once at each step, so leave ` +
            "out the step or the metric",
        );
      }
      const value = own.reduce((sum, { value }) => sum + value, 0) / own.length;
      const stderrs = own.flatMap(({ stderr }) => stderr ?? []);
      const stderr = stderrs.length < own.length ? null : Math.hypot(...stderrs) / own.length;
      return { step, metric: "mean score", value, stderr };
    },
  );
}
