import assert from "node:assert/strict";
import { stepBranches, stepOfBranch } from "../../../lib/checkpoints/hub/branch_steps.ts";
import { throwsError } from "../../helpers/throws_error.ts";

Deno.test("branches of Pythia and of each OLMo tell their steps", () => {
  const steps = {
    "step0": 0,
    "step143000": 143000,
    "step20000-tokens84B": 20000,
    "stage1-step928646-tokens3896B": 928646,
    "stage1-step896000": 896000,
    "stage2-ingredient3-step11931-tokens50B": null,
    "main": null,
    "step": null,
    "step-1": null,
    "step5-extra": null,
    "mystep5": null,
    "step99999999999999999999": null,
  };
  for (const [name, step] of Object.entries(steps)) assert.equal(stepOfBranch(name), step, name);
});

Deno.test("branches come by step in ascending order", () => {
  const branches = stepBranches(["step1000", "main", "step2", "step16-tokens0B"], "hf:a/b");
  assert.deepEqual([...branches], [[2, "step2"], [16, "step16-tokens0B"], [1000, "step1000"]]);
});

Deno.test("two branches of one step are refused with both names", async () => {
  await throwsError(
    () => stepBranches(["step5", "step5-tokens2B"], "hf:a/b"),
    /hf:a\/b has two branches for step 5, step5 and step5-tokens2B; choose one by hf:a\/b@step5 or/,
  );
});
