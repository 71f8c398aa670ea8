/** What is known of a model's abilities, wherever it is filed. */

import { basename, join } from "node:path";
import { isMeasured } from "../scores/harness_score.ts";
import { harnessScores, isAddress } from "../scores/harness_scores.ts";
import { headlineMetrics } from "../scores/pythia_evals.ts";
import { resultsFiles } from "../scores/results_files.ts";
import { type BenchmarkScore, unknownScore } from "../scores/score_table.ts";
import { suiteScores } from "../scores/suite_scores.ts";
import {
  findTrainerState,
  isEvaluated,
  TRAINER_STATE,
  trainerScores,
} from "../scores/trainer_scores.ts";
import { isPythiaPlace } from "../checkpoints/hub/hub_name.ts";
import { stepReader } from "../checkpoints/step_names.ts";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { exists } from "../files/list_files.ts";
import { callback, type DefaultedOption, onOff } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";

/** Which scores, and where to look for those that lie not beside the checkpoints. */
export interface ModelScoresOptions {
  /** Names of metrics; `piqa` means `piqa/acc` among harness scores. All that lie beside the checkpoints unless given. */
  readonly metrics?: readonly string[] | undefined;
  /** Folder or address of lm-evaluation-harness results, or a `trainer_state.json`. */
  readonly evals?: string | undefined;
  /** The number of solved examples in the prompt; all, as series of their own, unless given. */
  readonly shots?: number | undefined;
  /**
   * A regular expression for names of files and folders that tell steps in a way of their own; its
   * first group is the step.
   */
  readonly stepsPattern?: string | undefined;
  /** Whether having no scores is an error; `false` unless given. */
  readonly required?: boolean | undefined;
  /**
   * Called with what is to be known: files and columns that are passed over, metrics measured in
   * several ways.
   */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/** The options of a model's scores, as declared. */
const MODEL_SCORES_OPTIONS = {
  ...pick(OPTIONS, ["metrics", "evals", "shots", "stepsPattern"]),
  onWarning: callback<(warning: string) => void>("called with what is to be known"),
  required: onOff({ help: "whether having no scores is an error" }) as DefaultedOption<boolean>,
};

/**
 * The scores of a model: from `scores.csv` beside its checkpoints, or what the Trainer of Hugging
 * Face's transformers logged in `trainer_state.json`; or else, where metrics or a place are given,
 * from lm-evaluation-harness results. `scores.csv` has a column `step`, one for each metric, and
 * where they are known the standard errors as `<metric>_stderr`.
 *
 * @category Scores
 * @param run The model's checkpoints, of which its name and its place are looked at.
 * @returns The scores that were measured; `held_out_loss`, and what was logged of the batches
 * trained on, only where `metrics` names it. Where there is nothing to look at it is empty, or, if
 * scores are required and the model is a Pythia on the hub, the eight benchmarks of the Pythia
 * paper as published.
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
  const beside = isOnHub(run)
    ? ""
    : "put scores.csv with the columns step, <metric> and, where they are known, <metric>_stderr into " +
      `${run.source}, or `;
  throw new Error(
    `no scores of ${run.model} are known: ${beside}name metrics of lm-evaluation-harness that are ` +
      'published, such as { metrics: ["piqa"] }, or a folder of its results, such as { evals: "results" }',
  );
}

async function filedScores(
  run: Pick<CheckpointRun, "model" | "source">,
  options: ModelScoresOptions,
): Promise<BenchmarkScore[]> {
  const { metrics, evals, shots, stepsPattern, required, onWarning } = options;
  const table = join(run.source, "scores.csv");
  if (evals === undefined && await exists(table)) {
    checkShots(shots, table);
    const scores = await suiteScores(run, { metrics, onWarning });
    // The loss is no share of right answers, so it is drawn only where it is asked for.
    return scores.filter(({ metric }) => metrics !== undefined || metric !== "held_out_loss");
  }
  const state = await trainerState(run, evals, stepsPattern);
  if (state !== null) {
    checkShots(shots, state);
    return choose(await trainerScores(state), metrics);
  }
  const isPublished = required && isPythiaPlace(run.source);
  const asked = metrics ?? (evals === undefined && isPublished ? headlineMetrics : undefined);
  if (asked === undefined && evals === undefined) return [];
  const named = asked?.map((metric) => metric.includes("/") ? metric : `${metric}/acc`);
  const source = { ...evals !== undefined && { source: evals }, ...named && { metrics: named } };
  const scores = await harnessScores(run.model, { ...source, shots, stepsPattern, onWarning });
  return scores.filter(isMeasured);
}

function isOnHub({ source }: Pick<CheckpointRun, "source">): boolean {
  return source.startsWith("hf:");
}

/**
 * The Trainer's log that is meant, or lies where no results of the harness do; `null` where there
 * is none.
 */
async function trainerState(
  { source }: Pick<CheckpointRun, "source">,
  evals: string | undefined,
  stepsPattern: string | undefined,
): Promise<string | null> {
  if (evals === undefined) return await findTrainerState(source);
  if (basename(evals) === TRAINER_STATE) return evals;
  if (isAddress(evals)) return null;
  const state = await findTrainerState(evals);
  if (state === null) return null;
  const read = stepsPattern === undefined ? undefined : stepReader(stepsPattern);
  return (await resultsFiles(evals, read)).length === 0 ? state : null;
}

function checkShots(shots: number | undefined, path: string): void {
  if (shots === undefined) return;
  throw new RangeError(
    `shots (--shots) is ${shots}, but ${path} does not tell with how many examples a score was measured; ` +
      "leave it out, or pass results of lm-evaluation-harness",
  );
}

function choose(scores: readonly BenchmarkScore[], metrics?: readonly string[]): BenchmarkScore[] {
  if (metrics === undefined) return scores.filter(isEvaluated);
  const known = [...new Set(scores.map(({ metric }) => metric))];
  const unknown = metrics.find((metric) => !known.includes(metric));
  if (unknown !== undefined && known.length > 0) throw unknownScore(unknown, known);
  return scores.filter(({ metric }) => metrics.includes(metric));
}
