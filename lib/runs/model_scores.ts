/** What is known of a model's abilities, wherever it is filed. */

import { join } from "node:path";
import { isMeasured } from "../scores/harness_results.ts";
import { harnessScores, nearestMetric } from "../scores/harness_scores.ts";
import { type BenchmarkScore, suiteScores } from "../scores/suite_scores.ts";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { exists } from "../files/list_files.ts";
import { type DefaultedOption, onOff } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import { shownName, someNames } from "../messages/shown.ts";

/** Which scores, and where to look for those that lie not beside the checkpoints. */
export interface ModelScoresOptions {
  /** Names of metrics; `piqa` means `piqa/acc` among harness scores. All that lie beside the checkpoints unless given. */
  readonly metrics?: readonly string[] | undefined;
  /** Folder or address of lm-evaluation-harness results. */
  readonly evals?: string | undefined;
  /** Whether having no scores is an error; `false` unless given. */
  readonly required?: boolean | undefined;
}

/** The options of a model's scores, as declared. */
const MODEL_SCORES_OPTIONS = {
  ...pick(OPTIONS, ["metrics", "evals"]),
  required: onOff({ help: "whether having no scores is an error" }) as DefaultedOption<boolean>,
};

/**
 * The scores of a model: from `scores.csv` beside its checkpoints, or else, where metrics or a place are given, from
 * lm-evaluation-harness results. The file has a column `step` and for each metric `<metric>` and `<metric>_stderr`.
 *
 * @category Scores
 * @param run The model's checkpoints, of which its name and its place are looked at.
 * @returns The scores that were measured, each with its standard error; the loss only where `metrics` names it. Empty
 * where there is nothing to look at.
 * @throws {Error} If a metric is not known, naming the nearest, the results can't be read, or there are none and they
 * are required.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { modelScores, openRun } from "neuromfa";
 *
 * const scores = await modelScores(await openRun("suite:nano-64"), { metrics: ["copying"] });
 * assert.equal(scores.length, 21);
 * assert.equal(scores.at(-1)!.value, 1);
 * ```
 */
export async function modelScores(
  run: Pick<CheckpointRun, "model" | "source">,
  options: ModelScoresOptions = {},
): Promise<BenchmarkScore[]> {
  const read = readOptions("modelScores", MODEL_SCORES_OPTIONS, options);
  const scores = await filedScores(run, read);
  if (scores.length > 0 || !read.required) return scores;
  throw new Error(
    `no scores of ${run.model} are known: put scores.csv with the columns step, <metric> and <metric>_stderr into ` +
      `${run.source}, or name metrics of lm-evaluation-harness, such as { metrics: ["piqa"] }`,
  );
}

async function filedScores(
  run: Pick<CheckpointRun, "model" | "source">,
  { metrics, evals }: ModelScoresOptions,
): Promise<BenchmarkScore[]> {
  const beside = evals === undefined && await exists(join(run.source, "scores.csv"));
  if (beside) return choose(await suiteScores(run), metrics);
  if (metrics === undefined && evals === undefined) return [];
  const named = metrics?.map((metric) => metric.includes("/") ? metric : `${metric}/acc`);
  const source = evals !== undefined && { source: evals };
  const scores = await harnessScores(run.model, { ...named && { metrics: named }, ...source });
  return scores.filter(isMeasured);
}

function choose(scores: readonly BenchmarkScore[], metrics?: readonly string[]): BenchmarkScore[] {
  const known = [...new Set(scores.map(({ metric }) => metric))];
  const unknown = metrics?.find((metric) => !known.includes(metric));
  if (unknown !== undefined) {
    const nearest = shownName(nearestMetric(unknown, known));
    throw new Error(
      `no score is named ${shownName(unknown)}; did you mean ${nearest}? There are ` +
        `${someNames(known)}`,
    );
  }
  // The loss is no share of right answers, so it is drawn only where it is asked for.
  return scores.filter(({ metric }) => metrics?.includes(metric) ?? metric !== "held_out_loss");
}
