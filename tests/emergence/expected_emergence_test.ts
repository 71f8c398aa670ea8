import assert from "node:assert/strict";
import { measure, openRun } from "../../mod.ts";
import { expectedEmergence } from "../../lib/emergence/expected_emergence.ts";

Deno.test("E from the distribution of |w| alone is that of permuted weights", async () => {
  const run = await openRun("suite:nano-64"), last = run.steps.at(-1)!, steps = [0, last];
  const [before, expected] = await expectedEmergence(run, { steps });
  const { rows: [, measured] } = await measure(run, { steps, null: "permute", nullDraws: 5 });
  const { eNull, eNullLow, eNullHigh } = measured as {
    eNull: number;
    eNullLow: number;
    eNullHigh: number;
  };
  assert.deepEqual([before!.E, before!.scale], [0, 1]);
  const spread = eNullHigh - eNullLow;
  assert.ok(Math.abs(expected!.E - eNull) < spread / 2, `${expected!.E}, ${eNull} ± ${spread / 2}`);
  assert.ok(spread < 0.03, `${spread}`);
});

Deno.test("a baseline that is no step, and options that are none, are refused", async () => {
  const run = await openRun("suite:nano-64");
  await assert.rejects(
    expectedEmergence(run, { steps: [512] }),
    /E compares with step 0, which is missing from the steps 512; add it, or choose another baseline/,
  );
  await assert.rejects(
    expectedEmergence(run, { steps: [0], treshold: 3 } as object),
    /TypeError: .*"treshold"/,
  );
});
