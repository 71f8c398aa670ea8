/** The notebooks on a model that is not the bundled one: other steps, another size, with and without scores. */

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseCsv } from "../../lib/files/csv.ts";
import { executeModule } from "../../notebooks/reproduce/execute_module.ts";
import { notebookModule } from "../../notebooks/reproduce/notebook_module.ts";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { storedNotebooks } from "../notebooks/stored_notebooks.ts";

const suite = fileURLToPath(new URL("../../data/suite/", import.meta.url));

/** Steps of the model, and those of nano-32 whose weights they have. */
const STEPS = new Map([[0, 0], [1000, 512], [5000, 4096]]);
/** What a notebook says that has a line for the model, and one that can't do without scores. */
const [ANY_MODEL, NEEDS_SCORES] = ["NEUROMFA_MODEL", "required: true"];

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

/** Runs a notebook headless, but for the types, which other tests check. */
async function run(path: string, model: string, results: string): Promise<void> {
  const module = notebookModule(parseNotebook(await Deno.readTextFile(path), path));
  await Deno.mkdir(results);
  const cells = join(results, "cells.ts");
  await Deno.writeTextFile(cells, module.text);
  Deno.env.set("NEUROMFA_MODEL", model);
  try {
    await executeModule(module, cells, { results });
  } finally {
    Deno.env.delete("NEUROMFA_MODEL");
  }
}

for (const { path, name } of await storedNotebooks()) {
  const text = await Deno.readTextFile(path);
  if (!text.includes(ANY_MODEL)) continue;
  Deno.test(`${name} runs on another model`, () =>
    withFolder(async (folder) => {
      const results = join(folder, "results");
      await run(path, await makeModel(folder, text.includes(NEEDS_SCORES)), results);
      const table = join(results, "emergence/E_mine.csv");
      if (name !== "01_first_look") return;
      const rows = parseCsv(await Deno.readTextFile(table), table);
      assert.deepEqual(rows.map(({ step }) => Number(step)), [...STEPS.keys()]);
    }));
  if (!text.includes(NEEDS_SCORES)) continue;
  Deno.test(`${name} says where to put the scores that it needs`, () =>
    withFolder(async (folder) => {
      await assert.rejects(
        run(path, await makeModel(folder, false), join(folder, "results")),
        /code cell 1.*no scores of mine are known: put scores\.csv .* into .*mine/,
      );
    }));
}
