/** Every notebook's exercises do what they say, and the pages of solutions are what they give. */

import assert from "node:assert/strict";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { DISCUSSIONS } from "../notebooks/discussions.ts";
import { type Exercise, EXERCISES, type NotebookExercises } from "../notebooks/exercises.ts";
import { runExercise } from "../notebooks/run_exercise.ts";
import { makeSmallModel } from "../notebooks/small_model.ts";
import { solutionPage, type Solved, unknownNumbers } from "../notebooks/solution_page.ts";
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

const solutions = new URL("../../notebooks/solutions/", import.meta.url);

/** What is shown by each run, which the test of an exercise and that of its page share. */
const runs = new Map<string, Promise<string>>();

/** Runs an exercise, or the notebook as it is without one; once. */
function shownBy(entry: NotebookExercises, exercise?: Exercise): Promise<string> {
  const { notebook, quick = [], own, without } = entry;
  const { number = 0, edits = [], until, model, steps } = exercise ?? {};
  const run = async () => {
    let shown = "";
    await withFolder(async (folder) => {
      shown = await runExercise({
        notebook,
        edits: [...quick, ...typeof edits === "string" ? [] : edits],
        ...until !== undefined && { until },
        ...without !== undefined && { without },
        ...steps !== undefined && { environment: { NEUROMFA_STEPS: steps } },
        model: model ?? (own ? undefined : await makeSmallModel(folder)),
      }, folder);
    });
    return shown;
  };
  const key = `${notebook} ${number}`;
  const shown = runs.get(key) ?? run();
  runs.set(key, shown);
  return shown;
}

for (const entry of EXERCISES) {
  const { notebook, exercises } = entry;
  for (const exercise of exercises) {
    const { number, edits, shows = [] } = exercise;
    Deno.test({
      name: `exercise ${number} of ${notebook} shows what it asks for`,
      ignore: typeof edits === "string",
      fn: async () => {
        const shown = await shownBy(entry, exercise);
        const words = shown.replaceAll(/<svg[^]*?<\/svg>/g, "[figure]");
        for (const expected of shows) {
          assert.ok(expected.test(shown), `${expected} is not among what is shown:\n${words}`);
        }
      },
    });
  }

  Deno.test(`the solutions of ${notebook} are what a run gives, and the numbers discussed are in it`, async () => {
    const path = new URL(`../../notebooks/${notebook}.ipynb`, import.meta.url).pathname;
    const questions = exercisesOf(path, await Deno.readTextFile(path));
    const discussions = DISCUSSIONS[notebook] ?? [];
    assert.equal(discussions.length, exercises.length);
    const ran = exercises.some(({ edits }) => typeof edits !== "string");
    const plain = ran ? await shownBy(entry) : "";
    const solved: Solved[] = [];
    for (const [i, exercise] of exercises.entries()) {
      const [question, discussion] = [questions[i]!, discussions[i]!];
      if (typeof exercise.edits === "string") {
        solved.push({ exercise, question, discussion });
        continue;
      }
      const shown = await shownBy(entry, exercise);
      const sources = [plain, shown, question, exercise.edits.flat().join(" ")];
      assert.deepEqual(unknownNumbers(discussion, sources), [], `exercise ${exercise.number}`);
      solved.push({ exercise, question, discussion, shown });
    }
    const page = solutionPage(entry, solved, plain);
    const file = new URL(`${notebook}.md`, solutions);
    if (Deno.env.get("NEUROMFA_UPDATE_SOLUTIONS") === "1") {
      await Deno.mkdir(solutions, { recursive: true });
      await Deno.writeTextFile(file, page);
    }
    assert.equal(page, await Deno.readTextFile(file), "deno task solutions writes it again");
  });
}
