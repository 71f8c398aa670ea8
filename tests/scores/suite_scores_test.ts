import assert from "node:assert/strict";
import { join } from "node:path";
import type { SuiteScoresOptions } from "../../lib/scores/score_table.ts";
import { suiteScores } from "../../lib/scores/suite_scores.ts";
import type { CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

/** The scores in a file of this text, or without a file. */
async function scores(text: string | null, options: SuiteScoresOptions = {}) {
  let found: unknown;
  await withFolder(async (source) => {
    if (text !== null) await Deno.writeTextFile(join(source, "scores.csv"), text);
    found = await suiteScores({ model: "nano-8", source } as CheckpointRun, options);
  });
  return found;
}

Deno.test("suiteScores() has an entry for each step and metric, with its standard error", async () => {
  const text = "step,held_out_loss,held_out_loss_stderr,copying,copying_stderr\n" +
    "0,4.5,0.008,0,0\n512,1.25,0.01,0.75,0.02\n";
  assert.deepEqual(await scores(text), [
    { step: 0, metric: "held_out_loss", value: 4.5, stderr: 0.008 },
    { step: 0, metric: "copying", value: 0, stderr: 0 },
    { step: 512, metric: "held_out_loss", value: 1.25, stderr: 0.01 },
    { step: 512, metric: "copying", value: 0.75, stderr: 0.02 },
  ]);
});

Deno.test("suiteScores() refuses a run without scores, saying what writes them", async () => {
  await throwsError(
    () => scores(null),
    /^nano-8 has no scores: \S+scores\.csv is not there; `deno task train` writes it$/,
  );
  await throwsError(
    () => scores("step,copying,copying_stderr\n"),
    /scores\.csv has no scores; `deno/,
  );
  await throwsError(() => scores("step\n0\n"), /scores\.csv has no scores/);
});

Deno.test("suiteScores() refuses a cell that is no number, and a step that is none", async () => {
  for (const cell of ["high", "1e999", "0,5"].map((cell) => `"${cell}"`)) {
    await throwsError(
      () => scores(`step,copying,copying_stderr\n0,1,0\n8,${cell},0\n`),
      /scores\.csv: copying in row 2 is ".*", not a number; leave the cell empty where there is no value$/,
    );
  }
  await throwsError(() => scores("step,copying\n0,1\n,1\n"), /step in row 2 is missing$/);
});

Deno.test("suiteScores() takes empty cells for missing values, and never for zeros", async () => {
  for (const cell of ["", " ", "NaN", "NA", "n/a", "null", "-"]) {
    assert.deepEqual(await scores(`step,copying,copying_stderr\n0,1,${cell}\n8,${cell},0\n`), [
      { step: 0, metric: "copying", value: 1, stderr: null },
    ]);
  }
});

Deno.test("suiteScores() needs no standard errors, and passes over columns without any number with a word", async () => {
  const text = "step,revision,piqa,note\n0,main,0.5,\n8,other,0.75,late\n";
  const warnings: string[] = [];
  const onWarning = (warning: string) => warnings.push(warning);
  const expected = [0.5, 0.75].map((value, i) => (
    { step: 8 * i, metric: "piqa", value, stderr: null }
  ));
  assert.deepEqual(await scores(text, { onWarning }), expected);
  assert.match(
    warnings.join(),
    /scores\.csv: no score is read from revision, note, without any number$/,
  );
});

Deno.test("suiteScores() reads the columns asked for, whatever others hold", async () => {
  const text = "step,piqa,sciq\n0,0.5,high\n8,0.75,0.5\n";
  assert.equal((await scores(text, { metrics: ["piqa"] }) as unknown[]).length, 2);
  await throwsError(() => scores(text), /sciq in row 1 is "high", not a number/);
  await throwsError(
    () => scores(text, { metrics: ["pica"] }),
    /^no score is named pica; did you mean piqa\? There are piqa, sciq$/,
  );
});

Deno.test("suiteScores() refuses scores without their step", async () => {
  await throwsError(() => scores("copying,copying_stderr\n1,0\n"), /has no column step$/);
});
