import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import {
  type ModelFlags,
  namedModels,
  notebooksFor,
} from "../../notebooks/reproduce/model_task.ts";
import { withFolder } from "../helpers/with_folder.ts";

const far = "hf:EleutherAI/pythia-1.4b-deduped";
const named = (given: ModelFlags) => namedModels(given, "results");

Deno.test("models get a folder of results of their own, named after them", async () => {
  const out = async (...model: string[]) => (await named({ model, allowHub: true }))!.out;
  assert.equal(await out(far), join("out", "reproduce", "pythia-1.4b-deduped"));
  assert.equal(await out("suite:nano-32", "suite:nano-64"), join("out/reproduce/nano-32+nano-64"));
  assert.equal(await out("hf:o/m@step1"), join("out/reproduce/m@step1"));
  const many = Array.from({ length: 20 }, (_, i) => `hf:owner/model-${i}`);
  assert.equal(await out(...many), join("out/reproduce/model-0+19"));
  await assert.rejects(out("hf:o/.."), /the models' name ".." cannot name a file or folder/);
  assert.equal((await named({ model: [far], allowHub: true, out: "mine" }))!.out, "mine");
});

Deno.test("a folder of checkpoints is found from wherever a notebook is, and needs no flag", () =>
  withFolder(async (folder) => {
    const task = await named({ model: [folder], steps: "log:4" });
    assert.deepEqual([task!.models, task!.steps, task!.isOnHub], [
      [resolve(folder)],
      "log:4",
      false,
    ]);
    assert.equal(await named({}), null);
  }));

Deno.test("flags that contradict each other are refused", async () => {
  const refused: [ModelFlags & Record<string, unknown>, RegExp][] = [
    [{ model: [far] }, /is on the hub, and notebooks have no network: give --allow-hub/],
    [{ model: ["suite:nano-32", "pythia-70m"] }, /^NotebookError: pythia-70m is on the hub/],
    [
      { model: [far], allowHub: true, check: true },
      /--check compares the results of the notebooks' own/,
    ],
    [
      { model: [far], allowHub: true, out: "./results/" },
      /holds the results of the bundled models/,
    ],
    [
      { model: ["suite:nano-32"], yes: true },
      /--yes is about models on the hub, and none is named/,
    ],
    [
      { steps: "all" },
      /--steps is about models other than the notebooks' own: name them by --model/,
    ],
  ];
  for (const [given, message] of refused) await assert.rejects(named(given), message);
});

Deno.test("notebooks that need other models are left out, and refused where they were named", () => {
  const all = [
    "01_first_look",
    "10_models_over_training",
    "11_deduplicated",
    "17_other_architectures",
  ]
    .map((name) => ({ name }));
  const run = (models: string[], isNamed = false, of = all) =>
    notebooksFor(of, { models, isOnHub: true }, isNamed).map(({ name }) => name.slice(0, 2));
  assert.deepEqual(run([far]), ["01"]);
  assert.deepEqual(run([far, "hf:EleutherAI/pythia-1.4b"]), ["01", "10", "11"]);
  assert.deepEqual(run([far], true, all.slice(2, 3)), ["11"], "its namesake is read too");
  assert.throws(
    () => run(["hf:o/m"], true, all.slice(2, 3)),
    /^NotebookError: 11_\w+ compares a model/,
  );
  assert.throws(() => run([far], true), /^NotebookError: 10_\w+ compares models: name several/);
  const scored = [...all, { name: "12_emergence_and_scores" }];
  assert.deepEqual(run([far], false, scored), ["01", "12"]);
  assert.deepEqual(run(["hf:o/pythia-70m"], false, scored), ["01"], "whose scores are not known");
  assert.throws(
    () => run(["hf:o/m"], true, scored.slice(-1)),
    /^NotebookError: 12_\w+ needs scores, and of models on the hub those of Pythia alone are known, not of hf:o\/m/,
  );
  assert.throws(
    () => run([far], false, [{ name: "of_my_own" }]),
    /^NotebookError: of_my_own is none of the project's, so that it is not known what it reads/,
  );
});
