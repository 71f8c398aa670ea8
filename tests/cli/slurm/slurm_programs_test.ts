import assert from "node:assert/strict";
import { isUnderWay } from "../../../lib/cli/slurm/slurm_programs.ts";

Deno.test("a task is under way until Slurm says that it has ended, or knows nothing of it", () => {
  for (const state of ["PENDING", "RUNNING", "COMPLETING", "SUSPENDED", "REQUEUED"]) {
    assert.equal(isUnderWay(state), true, state);
  }
  for (const state of ["COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "OUT_OF_MEMORY", undefined]) {
    assert.equal(isUnderWay(state), false, `${state}`);
  }
});
