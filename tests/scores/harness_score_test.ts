import assert from "node:assert/strict";
import { type HarnessScore, isMeasured } from "../../lib/scores/harness_score.ts";
import type { BenchmarkScore } from "../../lib/scores/score_table.ts";

const score: HarnessScore = {
  ...{ step: 1, metric: "sciq/acc", task: "sciq", measure: "acc", value: 0, stderr: 0 },
  ...{ shots: 0, limit: null, higherIsBetter: true, status: "ok", file: "toy.json" },
};

Deno.test("isMeasured() keeps scores with a value, zeros and those without a standard error among them, as benchmark scores", () => {
  const scores = [score, { ...score, stderr: null }, { ...score, value: null, stderr: null }];
  const measured: BenchmarkScore[] = scores.filter(isMeasured);
  assert.deepEqual(measured, scores.slice(0, 2));
});
