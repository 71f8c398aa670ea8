import assert from "node:assert/strict";
import {
  namedStep,
  namedStepOfFile,
  stepBranches,
  stepFolders,
  stepOfName,
  stepReader,
} from "../../lib/checkpoints/step_names.ts";
import { throwsError } from "../helpers/throws_error.ts";

/** What trainers write and families publish, each with the step that it tells. */
const NAMES = {
  "step0": 0,
  "step1000": 1000,
  "step-125000": 125000,
  "step_1000": 1000,
  "step0001000": 1000,
  "checkpoint-1000": 1000,
  "checkpoint1": 1,
  "checkpoint_step_1000": 1000,
  "global_step1000": 1000,
  "iter_0001000": 1000,
  "iteration-500": 500,
  "epoch_3": 3,
  "epoch3": 3,
  "epoch=3": 3,
  "epoch=0-step=1000": 1000,
  "checkpoint_epoch_3": 3,
  "ckpt-3": 3,
  "ckpt_012": 12,
  "step20000-tokens84B": 20000,
  "stage1-step1000-tokens2B": 1000,
  "stage1-step928646-tokens3896B": 928646,
  "stage1-step-40000": 40000,
  "stage1-step896000": 896000,
};

Deno.test("every form of a step's name tells the step, by one rule", () => {
  for (const [name, step] of Object.entries(NAMES)) assert.equal(stepOfName(name), step, name);
});

Deno.test("other names tell no step, and neither do later stages", () => {
  const names = [
    ...["main", "last", "step", "step1k", "step--1", "step1.5", "Step1", "step1/", "mystep5"],
    ...["step5-extra", "step-50K-105b", "step99999999999999999999", "model_3", "pythia-70m"],
    ...["stage2-step5", "stage2-ingredient3-step11931-tokens50B", "stage12-step1", "final"],
  ];
  for (const name of names) assert.equal(stepOfName(name), null, name);
});

Deno.test("what stands before a step is told, and whether epochs are counted", () => {
  assert.deepEqual(namedStep("toy_step512"), { step: 512, before: "toy", isEpoch: false });
  assert.deepEqual(namedStep("pythia-1.4b_epoch3"), {
    step: 3,
    before: "pythia-1.4b",
    isEpoch: true,
  });
});

Deno.test("the number of a model is a step in the name of a file, and that of a shard is none", () => {
  assert.equal(namedStepOfFile("model_3")?.step, 3);
  assert.equal(namedStepOfFile("epoch_0")?.step, 0);
  assert.equal(namedStepOfFile("model-00001-of-00002"), null);
});

Deno.test("step folders are listed by ascending step, other entries left out", () => {
  const folders = stepFolders(["checkpoint-20", "logs", "step10", "step3", "best-step10"], "run");
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

Deno.test("names of two series, or of steps and of epochs, are refused with the way to choose", () => {
  for (const names of [["a-step1", "b-step2"], ["step500", "epoch_1"]]) {
    assert.throws(
      () => stepFolders(names, "/runs/nano"),
      /nano has folders of 2 series: .*; choose one by a regular .* stepsPattern \(--steps_pattern\)/,
    );
  }
  assert.deepEqual([...stepFolders(["a-step2", "a-step1"], "")], [[1, "a-step1"], [2, "a-step2"]]);
});

Deno.test("a pattern matches whole names, and its first group is the step", () => {
  const read = stepReader(String.raw`run7_(\d+)\.pt`);
  assert.equal(read("run7_12.pt")?.step, 12);
  assert.equal(read("run7_12.pt.old"), null);
  assert.equal(read("run8_12.pt"), null);
  assert.equal(stepReader("step(.*)")("stepx"), null);
});

Deno.test("a pattern that is none, or has no group, is refused with an example", () => {
  for (const pattern of ["(", "step"]) {
    assert.throws(
      () => stepReader(pattern),
      /^RangeError: stepsPattern is "(\(|step)", but it must be a regular expression whose first group is the step, such as run7_/,
    );
  }
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

Deno.test("files of stable-baselines3 tell their steps behind their prefix", () => {
  assert.deepEqual(namedStepOfFile("rl_model_1000_steps"), {
    ...{ step: 1000, before: "rl_model", isEpoch: false },
  });
  for (const name of ["1000_steps", "rl_model_1e3_steps", "model_10_steps_b"]) {
    assert.equal(namedStepOfFile(name), null, name);
  }
  assert.equal(namedStep("rl_model_1000_steps"), null);
});

Deno.test("what trainers are still writing tells no step", () => {
  for (const name of ["tmp-checkpoint-1000", "temp_step5", ".tmp-checkpoint-7"]) {
    assert.equal(namedStep(name), null, name);
  }
  assert.equal(namedStep("tmpl-checkpoint-7")?.step, 7);
});
