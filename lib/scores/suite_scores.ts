/** Scores of the bundled suite, as they were measured when it was trained. */

import { join } from "node:path";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { ifThere } from "../files/list_files.ts";
import { readText } from "../files/read_file.ts";
import { type BenchmarkScore, scoresInTable, type SuiteScoresOptions } from "./score_table.ts";

/**
 * Read `scores.csv` of a run: for each step and metric that has a value one entry. The file has a
 * column `step`, one for each metric, and where they are known the standard errors as
 * `<metric>_stderr`; an empty cell is a missing value.
 *
 * @throws {Error} If the run has no `scores.csv`, one without scores, a cell in it is no number, or
 * a metric is not known, naming the nearest.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { suiteScores } from "neuromfa/statistics";
 *
 * const scores = await suiteScores(await openRun("suite:nano-64"));
 * const untrained = scores.find(({ step, metric }) => step === 0 && metric === "held_out_loss")!;
 * assert.ok(Math.abs(untrained.value - Math.log(80)) < 0.3); // about chance among 80 symbols
 * ```
 */
export async function suiteScores(
  run: Pick<CheckpointRun, "model" | "source">,
  options: SuiteScoresOptions = {},
): Promise<BenchmarkScore[]> {
  const path = join(run.source, "scores.csv");
  const text = await ifThere(readText(path));
  if (text === null) {
    throw new Error(
      `${run.model} has no scores: ${path} is not there; \`deno task train\` writes it`,
    );
  }
  return scoresInTable(text, path, options);
}
