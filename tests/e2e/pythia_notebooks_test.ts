/** Every notebook on models of Pythia's shape: its branches, score files and sizes relative to one another, all tiny. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../../lib/files/list_files.ts";
import { NAMED_STEPS } from "../../lib/options/step_words.ts";
import { serveEvals } from "../helpers/evals_server.ts";
import { serveModels } from "../helpers/hub_server.ts";
import { PYTHIA_STEPS, tinyPythia } from "../helpers/tiny_hub/pythia.ts";
import { pythiaEvals } from "../helpers/tiny_hub/pythia_evals.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { EXERCISES } from "../notebooks/exercises.ts";
import { runExercise } from "../notebooks/run_exercise.ts";
import { textFaults } from "../figures/text_faults.ts";

const ONE = "hf:EleutherAI/pythia-1.4b-deduped";
const FAMILY = "hf:EleutherAI/pythia-{160m,410m}-deduped";
/** Some of the steps with published scores, so that all runs through in a minute. */
const SOME = "0,8,128,512,1000,13000,63000,143000";

/** What a notebook is run on; 17 is about other architectures and has its own tests. */
const models = (name: string) => /^(10|11|16)_/.test(name) ? FAMILY : ONE;

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

Deno.test("every notebook runs through on a Pythia, and those that compare models on a family", async (t) => {
  const read = SOME.split(",").map(Number);
  const unread = PYTHIA_STEPS.filter((step) => !read.includes(step));
  const { published } = NAMED_STEPS;
  const all = PYTHIA_STEPS.filter((step) => !published.includes(step));
  const tiny = (name: string, hidden: number) =>
    tinyPythia(read, { unread, hidden, key: name.slice(0, 4) });
  await using hub = serveModels({
    "EleutherAI/pythia-1.4b-deduped": await tinyPythia(published, { unread: all, hidden: 64 }),
    "EleutherAI/pythia-160m-deduped": await tiny("160m-deduped", 48),
    "EleutherAI/pythia-410m-deduped": await tiny("410m-deduped", 64),
    "EleutherAI/pythia-160m": await tiny("sta", 48),
  }, { pageSize: 1000 });
  await using evals = serveEvals(pythiaEvals);
  await withFolder(async (folder) => {
    const places = {
      HF_ENDPOINT: hub.url,
      HF_HOME: join(folder, "hf"),
      XDG_CACHE_HOME: join(folder, "cache"),
      NEUROMFA_EVALS_URL: evals.url,
    };
    for (const { notebook, quick = [] } of EXERCISES) {
      if (notebook.startsWith("17_")) continue;
      await t.step(notebook, async () => {
        const own = join(folder, notebook);
        await Deno.mkdir(own);
        const isPublished = notebook.startsWith("12_");
        const isFamily = models(notebook) === FAMILY;
        const shown = await runExercise({
          ...{ notebook, edits: isFamily ? [] : quick, model: models(notebook) },
          environment: { ...places, ...isPublished ? {} : { NEUROMFA_STEPS: SOME } },
        }, own);
        assert.match(shown, /^Paragraphs that begin with "Notice" are about suite:/m);
        await checkFigures(join(own, "results/figures"));
      });
    }
  });
});
