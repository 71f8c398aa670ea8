import assert from "node:assert/strict";
import { stepFolders, stepOfFolder } from "../../lib/checkpoints/step_folder.ts";

Deno.test("the four forms of a step's folder name tell the step", () => {
  for (const name of ["step1000", "step-1000", "step_1000", "checkpoint-1000", "step0001000"]) {
    assert.equal(stepOfFolder(name), 1000, name);
  }
  assert.equal(stepOfFolder("step0"), 0);
});

Deno.test("other names tell no step", () => {
  const names = [
    "step",
    "step1k",
    "my-step1",
    "step--1",
    "step1.5",
    "checkpoint1",
    "Step1",
    "step1/",
  ];
  for (const name of [...names, "step99999999999999999999"]) {
    assert.equal(stepOfFolder(name), null, name);
  }
});

Deno.test("step folders are listed by ascending step, other entries left out", () => {
  const folders = stepFolders(["checkpoint-20", "logs", "step10", "step3"], "run");
  assert.deepEqual([...folders], [[3, "step3"], [10, "step10"], [20, "checkpoint-20"]]);
});

Deno.test("two folders with the same step are an error that names both", () => {
  assert.throws(
    () => stepFolders(["checkpoint-20", "step20"], "/runs/nano"),
    new Error(
      "/runs/nano has two folders for step 20, checkpoint-20 and step20; move one of them out",
    ),
  );
});
