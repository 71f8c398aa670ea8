import assert from "node:assert/strict";
import { selectSteps } from "../../lib/runs/select_steps.ts";
import { throwsError } from "../helpers/throws_error.ts";

const run = { model: "nano-8", source: "/models/nano-8", steps: [0, 1, 8] };

Deno.test("selectSteps() gives all steps where none are asked for", () => {
  assert.deepEqual(selectSteps(run), [0, 1, 8]);
});

Deno.test("selectSteps() gives the steps asked for ascending, each once", () => {
  assert.deepEqual(selectSteps(run, [8, 0, 8]), [0, 8]);
});

Deno.test("selectSteps() refuses a step that is not there, with those that are", () =>
  throwsError(
    () => selectSteps(run, [0, 5]),
    /^checkpoint step 5 of nano-8 is not there; steps: 0, 1, 8$/,
  ));

Deno.test("selectSteps() refuses to go without step 0, saying whether it was not asked for or is not there", async () => {
  await throwsError(
    () => selectSteps(run, [8, 1]),
    /^nano-8 cannot be measured without step 0: .*; the steps asked for are 1, 8$/,
  );
  await throwsError(
    () => selectSteps({ ...run, steps: [1, 8] }),
    /^nano-8 cannot be measured without step 0: .*; steps in \/models\/nano-8: 1, 8$/,
  );
});
