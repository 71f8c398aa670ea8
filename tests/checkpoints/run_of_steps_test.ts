import assert from "node:assert/strict";
import type { Checkpoint, CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import { duplicatesOf } from "../../lib/checkpoints/duplicate_steps.ts";
import { runOfSteps } from "../../lib/checkpoints/run_of_steps.ts";

/** A run by a class, as somebody may write one. */
class Toy implements CheckpointRun {
  readonly model = "toy";
  readonly source = "/toy";
  readonly steps = [0, 8, 16, 64];
  readonly usualSteps = [0, 64];
  readonly #digests = new Map([[0, "a"], [8, "b"], [16, "a"], [64, "c"]]);
  listedDigests(step: number): Promise<string[]> {
    return Promise.resolve([this.#digests.get(step)!]);
  }
  checkpoint(step: number): Promise<Checkpoint> {
    return Promise.resolve({ step } as Checkpoint);
  }
}

Deno.test("runOfSteps() has some steps, none of them usual, and remembers the others", async () => {
  const some = runOfSteps(new Toy(), [0, 8]);
  assert.deepEqual([some.steps, some.setAside], [[0, 8], [16, 64]]);
  assert.equal("usualSteps" in some, false);
  assert.equal((await some.checkpoint(8)).step, 8);
  assert.deepEqual(runOfSteps(some, [8]).setAside, [0, 16, 64]);
});

Deno.test("duplicatesOf() finds the weights of a step among those that were set aside", async () => {
  const some = runOfSteps(new Toy(), [0, 8]);
  assert.deepEqual(await duplicatesOf(some, [0, 8]), [{ steps: [0, 16], digest: "a" }]);
  assert.deepEqual(await duplicatesOf(some, [8]), []);
});
