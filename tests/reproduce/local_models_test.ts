import assert from "node:assert/strict";
import { join } from "node:path";
import { notebooksOn } from "../../notebooks/reproduce/local_models.ts";
import { makeSmallModel } from "../notebooks/small_model.ts";
import { withFolder } from "../helpers/with_folder.ts";

const notebooks = ["01_first_look", "12_emergence_and_scores"].map((name) => ({ name }));
const on = (
  model: string,
  { steps, isNamed = false }: { steps?: string; isNamed?: boolean } = {},
) => notebooksOn({ models: [model], steps }, notebooks, isNamed);

Deno.test("what is wrong with a folder of checkpoints is said once, before any notebook runs", () =>
  withFolder(async (folder) => {
    const model = await makeSmallModel(folder);
    assert.deepEqual(await on(model, { steps: "0,512" }), notebooks);
    await assert.rejects(on(join(folder, "none")), /none does not exist; check the path$/);
    await assert.rejects(
      on(model, { steps: "0,7" }),
      /^Error: checkpoint step 7 of small is not there/,
    );
    await assert.rejects(
      on("suite:nano-99"),
      /^Error: the suite has no model nano-99, the nearest/,
    );
  }));

Deno.test("notebooks that need scores are left out where there are none, and refused where they were named", () =>
  withFolder(async (folder) => {
    const model = await makeSmallModel(folder);
    await Deno.remove(join(model, "scores.csv"));
    assert.deepEqual(await on(model), notebooks.slice(0, 1));
    await assert.rejects(
      on(model, { isNamed: true }),
      /^NotebookError: 12_\w+ cannot be run: no scores of small are known: put scores\.csv with/,
    );
    await assert.rejects(
      notebooksOn({ models: [model], steps: undefined }, notebooks.slice(1), false),
      /^NotebookError: 12_\w+: no scores of small are known/,
    );
    await Deno.writeTextFile(join(model, "scores.csv"), "epoch,piqa\n0,0.5\n");
    await assert.rejects(on(model), /scores\.csv/);
  }));
