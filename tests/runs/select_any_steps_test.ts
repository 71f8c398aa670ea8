import assert from "node:assert/strict";
import { selectAnySteps, selectSteps } from "../../lib/runs/open_selected_run.ts";
import { throwsError } from "../helpers/throws_error.ts";

const run = { model: "toy", steps: [1, 8, 64], source: "/runs/toy" };

Deno.test("selectAnySteps() does without a baseline, in ascending order, each once", async () => {
  assert.deepEqual(selectAnySteps(run), [1, 8, 64]);
  assert.deepEqual(selectAnySteps(run, [64, 1, 64]), [1, 64]);
  await throwsError(
    () => selectSteps(run, [8], 1),
    /toy cannot be measured without step 1: .* this baseline/,
  );
  await throwsError(() => selectAnySteps(run, [8, 9]), /step 9 of toy is not there; steps: 1, 8/);
  await throwsError(() => selectAnySteps(run, []), /no step of toy was asked for; .* 1, 8, 64/);
});
