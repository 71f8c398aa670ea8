import assert from "node:assert/strict";
import {
  namesByStep,
  stepBranches,
  stepFolders,
  stepInName,
  stepOfBranch,
  stepOfFolder,
} from "../../lib/checkpoints/step_names.ts";
import { throwsError } from "../helpers/throws_error.ts";

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

const stepOf = (name: string) => stepInName(name, /^s(\d+)$/);

Deno.test("stepInName() is the number in the form's first group, if it can be counted with", () => {
  assert.equal(stepOf("s12"), 12);
  assert.equal(stepOf("t12"), null);
  assert.equal(stepOf("s99999999999999999999"), null);
});

Deno.test("namesByStep() sorts by step and leaves out names that tell none", () => {
  const names = namesByStep(["s12", "none", "s3"], stepOf, () => assert.fail());
  assert.deepEqual([...names], [[3, "s3"], [12, "s12"]]);
});

Deno.test("namesByStep() refuses two names of one step in the caller's words, the first one first", () => {
  assert.throws(
    () => namesByStep(["s12", "s012"], stepOf, (...clash) => clash.join(" ")),
    new Error("12 s12 s012"),
  );
});

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
