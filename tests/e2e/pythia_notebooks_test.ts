/** Every notebook on models of Pythia's shape: its branches, score files and sizes relative to one another, all tiny. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../../lib/files/list_files.ts";
import {
  comparesModels,
  IS_ABOUT_ANOTHER,
  KEEPS_ITS_OWN,
  ONE_PYTHIA,
  PYTHIA_FAMILY,
  SOME_STEPS,
  withPythias,
} from "../helpers/tiny_hub/pythia_family.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { EXERCISES } from "../notebooks/exercises.ts";
import { runExercise } from "../notebooks/run_exercise.ts";
import { textFaults } from "../figures/text_faults.ts";

/** Check that no text of a figure is cut off or covers another, with names as long as these. */
async function checkFigures(folder: string): Promise<void> {
  for (const name of await listFiles(folder)) {
    if (!name.endsWith(".svg")) continue;
    const svg = await Deno.readTextFile(join(folder, name));
    const [width, height] = /<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(svg)!
      .slice(1).map(Number) as [number, number];
    assert.deepEqual(textFaults({ svg, width, height }), [], name);
  }
}

Deno.test("every notebook runs through on a Pythia, and those that compare models on a family", (t) =>
  withFolder((folder) =>
    withPythias(folder, async (places) => {
      for (const { notebook, quick = [] } of EXERCISES) {
        await t.step(notebook, async () => {
          const own = join(folder, notebook);
          await Deno.mkdir(own);
          const isPublished = notebook.startsWith("12_");
          const isFamily = comparesModels(notebook);
          const model = isFamily ? PYTHIA_FAMILY : ONE_PYTHIA;
          const shown = await runExercise({
            ...{ notebook, edits: isFamily ? [] : quick, model },
            environment: { ...places, ...isPublished ? {} : { NEUROMFA_STEPS: SOME_STEPS } },
          }, own);
          assert.match(shown, notebook.startsWith("17_") ? KEEPS_ITS_OWN : IS_ABOUT_ANOTHER);
          await checkFigures(join(own, "results/figures"));
        });
      }
    })
  ));
