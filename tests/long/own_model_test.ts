/** The notebooks on a model that is not the bundled one: other steps, another size, with and without scores. */

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseCsv } from "../../lib/files/csv.ts";
import { executeModule } from "../../notebooks/reproduce/execute_module.ts";
import { notebookModule } from "../../notebooks/reproduce/notebook_module.ts";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
import { withEnvironment } from "../helpers/with_environment.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { EXERCISES } from "../notebooks/exercises.ts";
import { runExercise } from "../notebooks/run_exercise.ts";

const [suite, notebooks] = ["data/suite", "notebooks"].map((folder) =>
  fileURLToPath(new URL(`../../${folder}`, import.meta.url))
) as [string, string];

/** Steps of the model, and those of nano-32 whose weights they have. */
const STEPS = new Map([[0, 0], [1000, 512], [5000, 4096]]);
/** What a notebook says that has a line for the model, and one that can't do without scores. */
const [ANY_MODEL, NEEDS_SCORES] = ["await notebookRun(", "required: true"];

async function makeModel(folder: string, withScores: boolean): Promise<string> {
  const model = join(folder, "mine");
  for (const [step, of] of STEPS) {
    await cp(join(suite, `nano-32/step${of}`), join(model, `step${step}`), { recursive: true });
  }
  if (withScores) {
    const rows = [...STEPS.keys()].map((step, i) => `${step},${i / 4},0.02,${i / 8},0.01`);
    const header = "step,piqa,piqa_stderr,sciq,sciq_stderr";
    await Deno.writeTextFile(join(model, "scores.csv"), [header, ...rows, ""].join("\n"));
  }
  return model;
}

/** Runs a notebook headless, but for types and pictures, which other tests look at. */
async function runHeadless(path: string, model: string, results: string): Promise<void> {
  const notebook = parseNotebook(await Deno.readTextFile(path), path);
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: cell.source.replaceAll(
      /^await (figures\.saveFigure|show)\((\w+Figure|curves)\b.*\n/gm,
      "",
    ),
  }));
  const module = notebookModule({ ...notebook, cells });
  await Deno.mkdir(results);
  const file = join(results, "cells.ts");
  await Deno.writeTextFile(file, module.text);
  const { about } = await withEnvironment(
    { NEUROMFA_MODEL: model },
    () => executeModule(module, file, { results }),
  );
  // Its texts quote numbers of another model.
  assert.equal(about, "suite:nano-64");
}

Deno.test("01_first_look runs on another model headless and writes its steps", () =>
  withFolder(async (folder) => {
    const [path, results] = [join(notebooks, "01_first_look.ipynb"), join(folder, "results")];
    await runHeadless(path, await makeModel(folder, true), results);
    const table = join(results, "emergence/E_mine.csv");
    const rows = parseCsv(await Deno.readTextFile(table), table);
    assert.deepEqual(rows.map(({ step }) => Number(step)), [...STEPS.keys()]);
  }));

for (const { notebook, quick = [] } of EXERCISES) {
  const path = join(notebooks, `${notebook}.ipynb`);
  const text = await Deno.readTextFile(path);
  if (!text.includes(ANY_MODEL)) continue;
  const needsScores = text.includes(NEEDS_SCORES);
  if (notebook !== "01_first_look") {
    Deno.test(`${notebook} runs on another model`, () =>
      withFolder(async (folder) => {
        const model = await makeModel(folder, needsScores);
        const shown = await runExercise({ notebook, edits: quick, model }, folder);
        assert.match(shown, /\bmine\b/);
      }));
  }
  if (!needsScores) continue;
  Deno.test(`${notebook} says where to put the scores that it needs, in its first cell`, () =>
    withFolder(async (folder) => {
      const model = await makeModel(folder, false);
      await assert.rejects(
        runExercise({ notebook, edits: [], until: NEEDS_SCORES, model }, folder),
        /no scores of mine are known: put scores\.csv .* into .*mine/,
      );
    }));
}
