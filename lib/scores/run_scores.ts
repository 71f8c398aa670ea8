/** The scores beside the checkpoints of a run that was opened from files. */

import { readRange } from "../checkpoints/byte_source.ts";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { type BenchmarkScore, scoresInTable, type SuiteScoresOptions } from "./score_table.ts";

/** The longest table that is read, in bytes. */
const MOST_BYTES = 64_000_000;

/**
 * The scores in `scores.csv` among the files of a run, as `modelScores` reads them from disk; none where there is no such
 * file. The loss is among them only where `metrics` names it.
 *
 * @throws {Error} If a cell is no number, or a metric is not known, naming the nearest.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openFiles } from "neuromfa/checkpoints";
 * import { runScores } from "neuromfa/statistics";
 *
 * const paths = ["nano-32/scores.csv", "nano-32/step0/model.safetensors"];
 * const files = paths.map(async (path) => ({ path, data: await Deno.readFile(`data/suite/${path}`) }));
 * const scores = await runScores(await openFiles(await Promise.all(files)), { metrics: ["copying"] });
 * assert.equal(scores.at(-1)!.metric, "copying");
 * ```
 */
export async function runScores(
  run: Pick<CheckpointRun, "file">,
  options: SuiteScoresOptions = {},
): Promise<BenchmarkScore[]> {
  const file = await run.file?.("scores.csv") ?? null;
  if (file === null) return [];
  if (file.size > MOST_BYTES) {
    throw new Error(`${file.source} has ${file.size} bytes, more than any scores (${MOST_BYTES})`);
  }
  const text = new TextDecoder().decode(await readRange(file, 0, file.size));
  return scoresInTable(text, file.source, options)
    .filter(({ metric }) => options.metrics !== undefined || metric !== "held_out_loss");
}
