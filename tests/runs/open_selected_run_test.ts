import assert from "node:assert/strict";
import { join } from "node:path";
import { openSelectedRun } from "../../lib/runs/open_selected_run.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withTinyRun } from "./tiny_run.ts";

Deno.test("openSelectedRun() refuses steps with the same weights by their names, among those selected", () =>
  withTinyRun([0, 4, 8], async ({ run }) => {
    await Deno.copyFile(
      join(run, "step4", "model.safetensors"),
      join(run, "step8", "model.safetensors"),
    );
    await throwsError(
      () => openSelectedRun(run, undefined, {}),
      /^steps 4 and 8 of nano-8 hold the same weights in .*nano-8.*; leave them out of the steps, or go on with allowDup/,
    );
    assert.deepEqual((await openSelectedRun(run, [0, 4], {})).duplicates, []);
    const { duplicates, steps } = await openSelectedRun(run, undefined, { allowDuplicates: true });
    assert.deepEqual(duplicates.map((group) => group.steps), [[4, 8]]);
    assert.deepEqual(steps, [0, 4, 8]);
  }));
