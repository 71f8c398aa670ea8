import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { basename, join } from "node:path";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { suiteFolder } from "../../lib/checkpoints/suite_folder.ts";
import { runInFolder } from "../helpers/run_in_folder.ts";
import { throwsError } from "../helpers/throws_error.ts";

const tiny = fileURLToPath(new URL("../golden/checkpoints/tiny", import.meta.url));

/** Run `test` in a new folder that has the tiny checkpoint under each of the names in `nano-8`. */
async function withRun(steps: string[], test: (run: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    for (const step of steps) await copyTiny(join(folder, "nano-8", step));
    await test(join(folder, "nano-8"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function copyTiny(to: string) {
  await Deno.mkdir(to, { recursive: true });
  for (const name of ["config.json", "model.safetensors"]) {
    await Deno.copyFile(join(tiny, name), join(to, name));
  }
}

Deno.test("a run is named after its folder and has its steps in ascending order", () =>
  withRun(["step1000", "step0", "checkpoint-20", "step_3"], async (folder) => {
    await Deno.writeTextFile(join(folder, "scores.csv"), "");
    const run = await openRun(folder);
    assert.equal(run.model, "nano-8");
    assert.equal(run.source, folder);
    assert.deepEqual(run.steps, [0, 3, 20, 1000]);
    const checkpoint = await run.checkpoint(20);
    assert.equal(checkpoint.model, "nano-8");
    assert.equal(checkpoint.step, 20);
    assert.equal(basename(checkpoint.source), "checkpoint-20");
  }));

Deno.test("trailing slashes and dots in a path do not change the model's name", () =>
  withRun(["step0"], async (folder) => {
    for (const path of [`${folder}/`, `${folder}//`, `${folder}/.`, `${folder}/step0/..`]) {
      assert.equal((await openRun(path)).model, "nano-8", path);
    }
    const here = await runInFolder(
      folder,
      `import { openRun } from "lib/checkpoints/open_run.ts";
      const result = (await openRun(".")).model;`,
    );
    assert.equal(here, "nano-8");
  }));

Deno.test("a step that is not there is refused with those that are", () =>
  withRun(["step0", "step1", "step2"], async (folder) => {
    const run = await openRun(folder);
    await throwsError(
      () => run.checkpoint(5000),
      /^checkpoint step 5000 of nano-8 is not there; steps: 0, 1, 2$/,
    );
  }));

Deno.test("two folders with the same step are refused", () =>
  withRun(["step5", "step-5"], async (folder) => {
    await throwsError(() => openRun(folder), /two folders for step 5, step-5 and step5/);
  }));

Deno.test("a folder without steps is refused with what was looked for and found", () =>
  withRun(["last", "logs"], async (folder) => {
    await throwsError(
      () => openRun(folder),
      /nano-8 has no checkpoints: looked for folders named step1000, .*, and for files of weights \(\.safetensors, .*, and found last, logs$/,
    );
    await throwsError(() => openRun(join(folder, "nowhere")), /nowhere does not exist/);
    await throwsError(() => openRun(""), /the name of a run is empty/);
  }));

Deno.test("a step folder that is empty is refused when it is opened", () =>
  withRun(["step0"], async (folder) => {
    await Deno.mkdir(join(folder, "step1"));
    const run = await openRun(folder);
    assert.deepEqual(run.steps, [0, 1]);
    await throwsError(() => run.checkpoint(1), /step1 is no checkpoint: looked for/);
  }));

Deno.test("a step that leads out of its run is refused, one that stays inside is not", () =>
  withRun(["step0"], async (folder) => {
    await copyTiny(join(folder, "..", "elsewhere"));
    await Deno.symlink("step0", join(folder, "step7"));
    assert.deepEqual((await openRun(folder)).steps, [0, 7]);
    await Deno.symlink("../elsewhere", join(folder, "step8"));
    await throwsError(() => openRun(folder), /step8 leads out of the run, to .*elsewhere; copy/);
    await Deno.remove(join(folder, "step8"));
    await Deno.symlink("..", join(folder, "step8"));
    await throwsError(() => openRun(folder), /step8 leads out of the run/);
    await Deno.remove(join(folder, "step8"));
    await Deno.symlink("gone", join(folder, "step8"));
    await throwsError(() => openRun(folder), /step8 is a link to nothing/);
  }));

Deno.test("a run that is itself reached by a link takes the link's name", () =>
  withRun(["step0"], async (folder) => {
    const link = join(folder, "..", "latest");
    await Deno.symlink("nano-8", link);
    const run = await openRun(link);
    assert.equal(run.model, "latest");
    assert.equal((await run.checkpoint(0)).tensors.size, 15);
  }));

Deno.test("a file that is named like a step is refused", () =>
  withRun(["step0"], async (folder) => {
    await Deno.writeTextFile(join(folder, "step9"), "");
    await throwsError(() => openRun(folder), /step9 is named like a step but is no folder/);
  }));

Deno.test("a bundled model is found by name, an unknown one refused with those that exist", async () => {
  const suite = await Deno.makeTempDir();
  await throwsError(() => suiteFolder("nano-64", suite), /has no models; run deno task train/);
  for (const model of ["nano-64", "micro-128"]) await Deno.mkdir(join(suite, model));
  await Deno.writeTextFile(join(suite, "README.md"), "");
  assert.equal(await suiteFolder("nano-64", suite), join(suite, "nano-64"));
  for (const model of ["nano-65", "README.md", "../nano-64", ".", ""]) {
    await throwsError(
      () => suiteFolder(model, suite),
      /^the suite has no model .*, the nearest is .*; models: micro-128, nano-64$/,
    );
  }
  await Deno.remove(suite, { recursive: true });
});

Deno.test("a folder of files is a run of the steps that their names tell, leftovers passed over", () =>
  withRun([], async (folder) => {
    await Deno.mkdir(folder, { recursive: true });
    for (const name of ["epoch_0.pt", "epoch_3.safetensors"]) {
      await Deno.copyFile(join(tiny, "model.safetensors"), join(folder, name));
    }
    await Deno.copyFile(join(tiny, "config.json"), join(folder, "config.json"));
    await Deno.writeTextFile(join(folder, "optimizer_3.pt"), "");
    const run = await openRun(folder);
    assert.deepEqual([run.model, run.steps], ["nano-8", [0, 3]]);
    // The first holds safetensors under the ending of another format.
    for (const step of run.steps) {
      const checkpoint = await run.checkpoint(step);
      assert.deepEqual([checkpoint.step, checkpoint.config?.model_type], [step, "gpt_neox"]);
      assert.ok(checkpoint.tensors.size > 0);
    }
    const one = await openRun(join(folder, "epoch_3.safetensors"));
    assert.deepEqual([one.model, one.steps], ["nano-8", [3]]);
    const odd = join(folder, "p97_seed5.safetensors");
    await Deno.copyFile(join(tiny, "model.safetensors"), odd);
    assert.deepEqual((await openRun(odd)).steps, [1]);
    await throwsError(() => openRun(odd, { stepsPattern: "a(1)" }), /does not match p97_seed5/);
    const named = await openRun(odd, { stepsPattern: String.raw`p97_seed(\d+)\..*` });
    assert.deepEqual([named.model, named.steps], ["p97_seed5", [5]]);
    assert.equal((await named.checkpoint(5)).step, 5);
    await throwsError(
      () => openRun(folder, { stepsPattern: "run7_(\\d+)" }),
      /no checkpoints: looked for folders or files whose names the pattern of steps matches, and found/,
    );
    const chosen = await openRun(folder, { stepsPattern: String.raw`epoch_(\d+)\.pt` });
    assert.deepEqual(chosen.steps, [0]);
  }));

Deno.test("a pattern names the steps of folders, and what stands before a step is no other model's", () =>
  withRun(["run7_0", "run7_10", "run8_5"], async (folder) => {
    const { steps } = await openRun(folder, { stepsPattern: String.raw`run7_(\d+)` });
    assert.deepEqual(steps, [0, 10]);
  }));

Deno.test("openRun() says how a bundled model is called if it is named like a folder", async () => {
  await assert.rejects(
    openRun("nano-64"),
    /nano-64 does not exist; did you mean suite:nano-64\?$/,
  );
});
