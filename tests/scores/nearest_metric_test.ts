import assert from "node:assert/strict";
import { nearestMetric } from "../../lib/scores/nearest_metric.ts";

const known = ["lambada_openai/acc", "lambada_openai/ppl", "sciq/acc", "sciq/acc_norm", "wsc/acc"];

Deno.test("nearestMetric() keeps to the task, or to one that begins like it, before it counts edits", () => {
  assert.equal(nearestMetric("lambada/acc", known), "lambada_openai/acc");
  assert.equal(nearestMetric("lambada_openai", known), "lambada_openai/acc");
  assert.equal(nearestMetric("sciq/acc_nrm", known), "sciq/acc_norm");
  assert.equal(nearestMetric("wcs/acc", known), "wsc/acc");
});
