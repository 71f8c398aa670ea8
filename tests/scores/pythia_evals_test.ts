import assert from "node:assert/strict";
import { publishedName, publishedSteps, zeroShotFile } from "../../lib/scores/pythia_evals.ts";
import { throwsError } from "../helpers/throws_error.ts";

Deno.test("27 steps are published, from 0 to 143000", () => {
  assert.equal(publishedSteps.length, 27);
  assert.deepEqual(publishedSteps.slice(10, 16), [512, 1000, 3000, 13_000, 23_000, 33_000]);
  assert.equal(publishedSteps.at(-1), 143_000);
});

Deno.test("a file is found by model and step, and the exceptions of pythia-1b by theirs", () => {
  const path = (model: string, step: number) =>
    zeroShotFile(model, step).replace("evals/pythia-v1/", "");
  assert.equal(
    path("pythia-70m-deduped", 512),
    "pythia-70m-deduped/zero-shot/70m-deduped_step512.json",
  );
  assert.equal(path("EleutherAI/pythia-12b", 0), "pythia-12b/zero-shot/12b_step0.json");
  assert.equal(path("pythia-1b", 64), "pythia-1b-bf16/zero-shot/1b-bf16_step64.json");
  assert.equal(path("pythia-1b", 128), "pythia-1b-bf16/zero-shot/1b-bf16-5shot_step128.json");
  assert.equal(path("pythia-1b-bf16", 1000), path("pythia-1b", 1000));
  assert.equal(
    path("pythia-1b-deduped", 128),
    "pythia-1b-deduped/zero-shot/1b-deduped_step128.json",
  );
});

Deno.test("a name from a results file is told as the hub has it", () => {
  assert.equal(publishedName("EleutherAI/pythia-v1.1-70m-deduped"), "pythia-70m-deduped");
  assert.equal(publishedName("EleutherAI/pythia-v1.1-1b-bf16"), "pythia-1b");
  assert.equal(publishedName("nano-64"), "nano-64");
});

Deno.test("a model whose name leads out of the folder is refused", async () => {
  for (const model of ["../secret", "a/b", "", ".."]) {
    await throwsError(() => zeroShotFile(model, 0), /is no name of a published model; pass one/);
  }
});
