import assert from "node:assert/strict";
import { stepAxis } from "../../lib/figures/step_axis.ts";

Deno.test("stepAxis() has ticks at 0 and the powers of 4 up to the last step, with separated thousands", () => {
  const { type, constant, ticks, tickFormat } = stepAxis([0, 1, 1000, 4096, 512]);
  assert.deepEqual([type, constant], ["symlog", 1]);
  assert.deepEqual(ticks, [0, 1, 4, 16, 64, 256, 1024, 4096]);
  assert.equal(tickFormat(143000), "143,000");
});

Deno.test("stepAxis() has ticks at powers of 16 where steps are as many as Pythia's", () => {
  assert.deepEqual(stepAxis([0, 16384]).ticks.length, 9);
  assert.deepEqual(stepAxis([0, 143000]).ticks, [0, 1, 16, 256, 4096, 65536]);
});

Deno.test("stepAxis() of an untrained model alone reaches to step 1", () => {
  assert.deepEqual(stepAxis([0]).ticks, [0, 1]);
});
