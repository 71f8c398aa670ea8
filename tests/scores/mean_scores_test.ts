import assert from "node:assert/strict";
import { meanScores } from "../../lib/scores/mean_scores.ts";

const score = (step: number, metric: string, value: number, stderr = 0) => (
  { step, metric, value, stderr }
);

Deno.test("meanScores() gives the mean of all metrics and its standard error, steps ascending", () => {
  const means = meanScores([
    ...[score(64, "copying", 1, 0.03), score(0, "copying", 0.2)],
    ...[score(0, "sorting", 0), score(64, "sorting", 0.5, 0.04)],
  ]);
  assert.deepEqual(means, [
    { step: 0, metric: "mean score", value: 0.1, stderr: 0 },
    { step: 64, metric: "mean score", value: 0.75, stderr: 0.025 },
  ]);
});

Deno.test("meanScores() has no mean where there are no scores", () => {
  assert.deepEqual(meanScores([]), []);
});

Deno.test("meanScores() leaves out a step that lacks a metric, and says so", () => {
  const warnings: string[] = [];
  const onWarning = (warning: string) => void warnings.push(warning);
  const both = [score(0, "copying", 0), score(0, "sorting", 1), score(64, "copying", 1)];
  const means = meanScores(both, { onWarning });
  assert.deepEqual(means, [{ step: 0, metric: "mean score", value: 0.5, stderr: 0 }]);
  assert.deepEqual(warnings, [
    "the mean of 2 scores is not taken at step 64, which lacks sorting; leave that out of the scores to have it",
  ]);
});

Deno.test("meanScores() refuses scores of which no step has all metrics, and a metric that is there twice", () => {
  assert.throws(
    () => meanScores([score(0, "copying", 0), score(64, "sorting", 1)]),
    /^RangeError: no mean of 2 scores can be taken at steps 0, 64, which lack one or more of copying, sorting; leave/,
  );
  assert.throws(
    () => meanScores([score(0, "copying", 0), score(0, "copying", 1)]),
    /^RangeError: copying is there 2 times at step 0/,
  );
});

Deno.test("meanScores() leaves out what falls as a model gets better, and has no standard error where one is unknown", () => {
  const means = meanScores([
    ...[
      score(0, "piqa/acc", 0.5, 0.03),
      score(0, "lambada/ppl", 3e6),
      score(0, "held_out_loss", 4),
    ],
    { ...score(0, "sciq/acc", 1), stderr: null },
    { ...score(0, "turned", 9), higherIsBetter: false },
  ]);
  assert.deepEqual(means, [{ step: 0, metric: "mean score", value: 0.75, stderr: null }]);
});
