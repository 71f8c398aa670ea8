/** Every notebook on models of Pythia's shape: its branches, score files and sizes relative to one another, all tiny. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../../lib/files/list_files.ts";
import { nameList } from "../../lib/options/name_list.ts";
import {
  comparesModels,
  IS_ABOUT_ANOTHER,
  KEEPS_ITS_OWN,
  ONE_PYTHIA,
  PYTHIA_FAMILY,
  SOME_STEPS,
  withPythias,
} from "../helpers/tiny_hub/pythia_family.ts";
import { withEnvironment } from "../helpers/with_environment.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { HubModels } from "../../notebooks/reproduce/hub_plan.ts";
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
    withPythias(folder, async (places, hub) => {
      const sent = () => ({
        bytes: hub.bytes,
        requests: hub.requests.filter((request) => request.startsWith("storage ")).length,
      });
      /** Bring what a notebook reads of the hub, and check that it is what was planned. */
      const bring = (notebook: string, model: string, steps: string | undefined) =>
        withEnvironment(places, async () => {
          const opened = await HubModels.open({
            ...{ notebooks: [notebook], models: nameList(model), steps },
            ...{ transfer: "balanced", bandwidth: 25e6 },
          }, () => {});
          const { total } = await opened.plan();
          const before = sent();
          await opened.move(total.bytes, () => {});
          const { bytes, requests } = sent();
          assert.deepEqual(
            { bytes: bytes - before.bytes, requests: requests - before.requests },
            { bytes: total.bytes, requests: total.requests },
          );
        });
      for (const { notebook, quick = [] } of EXERCISES) {
        await t.step(notebook, async () => {
          const own = join(folder, notebook);
          await Deno.mkdir(own);
          const isPublished = notebook.startsWith("12_");
          const isFamily = comparesModels(notebook);
          const model = isFamily ? PYTHIA_FAMILY : ONE_PYTHIA;
          const steps = isPublished ? undefined : SOME_STEPS;
          await bring(notebook, model, steps);
          const shown = await runExercise({
            ...{ notebook, edits: isFamily ? [] : quick, model },
            // It reads no more than the table of reads says.
            environment: {
              ...{ ...places, HF_HUB_OFFLINE: "1" },
              ...steps !== undefined && { NEUROMFA_STEPS: steps },
            },
          }, own);
          // The one on error bars reads no model.
          if (!notebook.startsWith("20_")) {
            assert.match(shown, notebook.startsWith("17_") ? KEEPS_ITS_OWN : IS_ABOUT_ANOTHER);
          }
          await checkFigures(join(own, "results/figures"));
        });
      }
    })
  ));
