/** Notebooks that draw scores, on a model that lacks some of them: what is left out is said. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { withFolder } from "../helpers/with_folder.ts";
import { EXERCISES } from "../notebooks/exercises.ts";
import { runExercise } from "../notebooks/run_exercise.ts";
import { makeSmallModel } from "../notebooks/small_model.ts";

/** No scores at step 512, and none of brackets at step 128. */
function withGaps(line: string): string[] {
  const cells = line.split(",");
  if (cells[0] === "512") return [];
  return [cells[0] === "128" ? cells.with(3, "").join(",") : line];
}

/** What the means of scores say. */
const NO_MEAN = /^the mean of 6 scores is not taken at step 128, which lacks brackets; leave/m;

const LEFT_OUT = {
  "10_models_over_training": NO_MEAN,
  "12_emergence_and_scores": /, each from its least to its largest/,
  "13_radar": /^2 of 5 steps lack a score and are left out$/m,
  "15_correlations": /^of 2 steps only E or only a score is known: left out$/m,
  "16_falling_performance": NO_MEAN,
};

for (const [notebook, words] of Object.entries(LEFT_OUT)) {
  Deno.test(`${notebook} runs through where scores are missing, and says what it leaves out`, () =>
    withFolder(async (folder) => {
      const models = [await makeSmallModel(folder, withGaps)];
      if (/^1[06]/.test(notebook)) {
        const other = join(folder, "other");
        await Deno.rename(await makeSmallModel(join(folder, "more")), other);
        models.push(other);
      }
      const { quick = [], without = [] } = EXERCISES.find((one) => one.notebook === notebook)!;
      const edits = models.length > 1 ? [] : quick;
      const shown = await runExercise(
        { notebook, edits, without, model: models.join(",") },
        folder,
      );
      assert.match(shown, words, shown.replaceAll(/<svg[^]*?<\/svg>/g, "[figure]"));
    }));
}
