import assert from "node:assert/strict";
import { spreadSteps } from "../../lib/runs/spread_steps.ts";

Deno.test("spreadSteps() keeps up to seven steps and else chooses seven by rank, both ends among them", () => {
  assert.deepEqual(spreadSteps([0]), [0]);
  assert.deepEqual(spreadSteps([0, 1, 2, 4, 8, 16, 32]), [0, 1, 2, 4, 8, 16, 32]);
  assert.deepEqual(spreadSteps([0, 1, 2, 4, 8, 16, 32, 64]), [0, 1, 2, 8, 16, 32, 64]);
  const all = Array.from({ length: 154 }, (_, i) => 1000 * i);
  assert.deepEqual(spreadSteps(all), [0, 26000, 51000, 77000, 102000, 128000, 153000]);
});
