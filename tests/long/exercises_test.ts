/** Every notebook's exercises do what they say. */

import assert from "node:assert/strict";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { EXERCISES } from "../notebooks/exercises.ts";
import { runExercise } from "../notebooks/run_exercise.ts";
import { makeSmallModel } from "../notebooks/small_model.ts";
import { storedNotebooks } from "../notebooks/stored_notebooks.ts";

/** The exercises of a notebook as it has them: the items of the list under "Try", each on one line. */
function exercisesOf(path: string, text: string): string[] {
  const last = parseNotebook(text, path).cells.at(-1)!.source;
  const list = last.match(/## Try\n\n([^]*?)\n\n/)?.[1] ?? "";
  return list.split(/^\d+\. /m).slice(1).map((item) => item.trim().replaceAll(/\s+/g, " "));
}

Deno.test("every exercise of every notebook is in the table, as the notebook words it", async () => {
  const stored = (await storedNotebooks()).filter(({ name }) => /^\d\d_/.test(name));
  assert.deepEqual(EXERCISES.map(({ notebook }) => notebook), stored.map(({ name }) => name));
  for (const [i, { path, name }] of stored.entries()) {
    const items = exercisesOf(path, await Deno.readTextFile(path));
    const { exercises } = EXERCISES[i]!;
    assert.ok(items.length > 0, `${name} has no exercises`);
    assert.deepEqual(exercises.map(({ number }) => number), items.map((_, j) => j + 1), name);
    exercises.forEach(({ says }, j) =>
      assert.ok(items[j]!.includes(says), `${name}, ${j + 1}: "${says}" is not in "${items[j]}"`)
    );
  }
});

for (const { notebook, quick = [], own, without, exercises } of EXERCISES) {
  for (const { number, edits, shows = [], until, model, steps } of exercises) {
    Deno.test({
      name: `exercise ${number} of ${notebook} shows what it asks for`,
      ignore: typeof edits === "string",
      fn: () =>
        withFolder(async (folder) => {
          const changed = {
            notebook,
            edits: [...quick, ...typeof edits === "string" ? [] : edits],
            ...until !== undefined && { until },
            ...without !== undefined && { without },
            ...steps !== undefined && { environment: { NEUROMFA_STEPS: steps } },
            model: model ?? (own ? undefined : await makeSmallModel(folder)),
          };
          const shown = await runExercise(changed, folder);
          const words = shown.replaceAll(/<svg[^]*?<\/svg>/g, "[figure]");
          for (const expected of shows) {
            assert.ok(expected.test(shown), `${expected} is not among what is shown:\n${words}`);
          }
        }),
    });
  }
}
