import assert from "node:assert/strict";
import {
  describeDuplicateSteps,
  findDuplicateSteps,
  stepDigests,
} from "../../lib/checkpoints/duplicate_steps.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";

Deno.test("steps with the same digest are found, ascending", () => {
  const digests = new Map([[512, "b"], [0, "a"], [1000, "c"], [4, "b"], [2, "a"], [8, "b"]]);
  assert.deepEqual(findDuplicateSteps(digests), [
    { steps: [0, 2], digest: "a" },
    { steps: [4, 8, 512], digest: "b" },
  ]);
  assert.deepEqual(findDuplicateSteps(new Map([[0, "a"], [1, "b"]])), []);
});

Deno.test("steps that share one of several files are found, a file that one step has twice is not", () => {
  const digests = new Map([[0, ["a", "b", "b"]], [50000, ["c", "d"]], [143000, ["e", "d"]]]);
  assert.deepEqual(findDuplicateSteps(digests), [{ steps: [50000, 143000], digest: "d" }]);
});

Deno.test("steps of a folder are compared by the digests of their files", async () => {
  const folder = await syntheticRun("pythia-14m", [0, 512]);
  await Deno.mkdir(`${folder}/step1000`);
  await Deno.copyFile(`${folder}/step0/model.safetensors`, `${folder}/step1000/model.safetensors`);
  const run = await openRun(folder);
  const duplicates = findDuplicateSteps(await stepDigests(run, run.steps));
  assert.deepEqual(duplicates.map(({ steps }) => steps), [[0, 1000]]);
  assert.match(
    describeDuplicateSteps(run, [...duplicates, { steps: [0, 1000], digest: "other" }]),
    /^steps 0 and 1000 of pythia-14m hold the same weights in \/.*, so that at least one of them is/,
  );
  assert.match(
    describeDuplicateSteps(run, [{ steps: [1, 2, 4], digest: "x" }, {
      steps: [8, 9],
      digest: "y",
    }]),
    /^steps 1, 2 and 4; steps 8 and 9 of pythia-14m hold/,
  );
});
