import assert from "node:assert/strict";
import { join } from "node:path";
import { suiteScores } from "../../lib/scores/suite_scores.ts";
import type { CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

/** The scores in a file of this text, or without a file. */
async function scores(text: string | null) {
  let found: unknown;
  await withFolder(async (source) => {
    if (text !== null) await Deno.writeTextFile(join(source, "scores.csv"), text);
    found = await suiteScores({ model: "nano-8", source } as CheckpointRun);
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

Deno.test("suiteScores() refuses a cell that is no number, a blank too, and never makes it a zero", async () => {
  for (const cell of ["", " ", "high", "NaN", "1e999"]) {
    await throwsError(
      () => scores(`step,copying,copying_stderr\n0,1,0\n8,${cell},0\n`),
      /scores\.csv: copying in row 2 is ".*", not a number$/,
    );
  }
});

Deno.test("suiteScores() refuses scores without their step or standard error", async () => {
  await throwsError(
    () => scores("step,copying\n0,1\n"),
    /scores\.csv has no column copying_stderr$/,
  );
  await throwsError(() => scores("copying,copying_stderr\n1,0\n"), /has no column step$/);
});
