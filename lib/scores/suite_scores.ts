/** Scores of the bundled suite, as they were measured when it was trained. */

import { join } from "node:path";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { parseCsv } from "../files/csv.ts";
import { ifThere } from "../files/list_files.ts";
import { shown, shownName } from "../messages/shown.ts";
import { readText } from "../files/read_file.ts";

/**
 * One score of one checkpoint.
 *
 * @category Scores
 */
export interface BenchmarkScore {
  /** Training step. */
  readonly step: number;
  /** Name of the skill, or `held_out_loss`. */
  readonly metric: string;
  /** Share of right answers between 0 and 1, or the loss in nats a token, a character or an image. */
  readonly value: number;
  /** Standard error of the value. */
  readonly stderr: number;
}

/**
 * Read `scores.csv` of a run trained with this toolkit: for each step and metric one entry.
 *
 * @throws {Error} If the run has no `scores.csv`, one without scores, or a cell in it is no number.
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
): Promise<BenchmarkScore[]> {
  const path = join(run.source, "scores.csv");
  const text = await ifThere(readText(path));
  if (text === null) {
    throw new Error(
      `${run.model} has no scores: ${path} is not there; \`deno task train\` writes it`,
    );
  }
  const scores = parseCsv(text, path).flatMap((row, i) => {
    const number = (column: string) => {
      const cell = row[column];
      if (cell === undefined) throw new Error(`${path} has no column ${shownName(column)}`);
      // Number() takes a blank for 0.
      if (cell.trim() !== "" && Number.isFinite(Number(cell))) return Number(cell);
      throw new Error(
        `${path}: ${shownName(column)} in row ${i + 1} is ${shown(cell)}, not a number`,
      );
    };
    return Object.keys(row).filter((column) => column !== "step" && !column.endsWith("_stderr"))
      .map((metric) => (
        { step: number("step"), metric, value: number(metric), stderr: number(`${metric}_stderr`) }
      ));
  });
  if (scores.length === 0) {
    throw new Error(`${path} has no scores; \`deno task train\` writes them`);
  }
  return scores;
}
