/** Scores that the Trainer of Hugging Face's transformers logged while it trained. */

import { join } from "node:path";
import { namedStep } from "../checkpoints/step_names.ts";
import { exists, namesIn } from "../files/list_files.ts";
import { shown } from "../messages/shown.ts";
import { metricKind } from "./metric_kind.ts";
import { pythonJson } from "./python_json.ts";
import { readResultsFile } from "./results_files.ts";
import type { BenchmarkScore } from "./score_table.ts";

/**
 * The name of the file that the Trainer writes into each checkpoint and, at the end, beside them.
 */
export const TRAINER_STATE = "trainer_state.json";

/** What is logged beside scores: the speed of the machine, and the settings of the training. */
const NO_SCORE =
  /^(step|epoch|total_flos|learning_rate|num_input_tokens_seen|(?:train_|eval_)?(runtime|samples_per_second|steps_per_second|tokens_per_second|model_preparation_time|jit_compilation_time|mem_.+))$/;

/**
 * The state in a folder, or that of the last checkpoint in it, which has logged the longest; `null`
 * where there is none. One that is still being written gives way to that of the checkpoint before.
 */
export async function findTrainerState(folder: string): Promise<string | null> {
  const own = join(folder, TRAINER_STATE);
  if (await exists(own)) return own;
  const steps = (await namesIn(folder)).flatMap((name) => {
    const named = namedStep(name);
    return named === null || named.isEpoch ? [] : [{ name, step: named.step }];
  });
  let first: string | null = null;
  for (const { name } of steps.sort((a, b) => b.step - a.step)) {
    const path = join(folder, name, TRAINER_STATE);
    if (!await exists(path)) continue;
    first ??= path;
    if (await readState(path).then(() => true, () => false)) return path;
  }
  return first;
}

async function readState(path: string): Promise<unknown> {
  const text = await readResultsFile(path);
  if (text === null) throw new Error(`${path} is not there; check the path`);
  return pythonJson(text, path, `any ${TRAINER_STATE}`);
}

/**
 * The scores in a `trainer_state.json`: everything logged with a step that is a number, none with a
 * standard error. Of a metric that was logged twice at a step, the later value counts.
 *
 * @throws {Error} If it is no such file.
 */
export async function trainerScores(path: string): Promise<BenchmarkScore[]> {
  const file = await readState(path);
  const log = (file as { log_history?: unknown } | null)?.log_history;
  if (!Array.isArray(log)) {
    throw new Error(
      `${path} is no state of the Trainer: "log_history" must be a list but is ${shown(log)}`,
    );
  }
  const scores = new Map<string, BenchmarkScore>();
  for (const entry of log as readonly unknown[]) {
    if (typeof entry !== "object" || entry === null) continue;
    const logged = entry as Readonly<Record<string, unknown>>;
    // The summary of a training that has ended is of no step's model.
    if ("train_runtime" in logged) continue;
    const { step } = logged;
    if (!Number.isSafeInteger(step) || step as number < 0) continue;
    for (const [metric, value] of Object.entries(logged)) {
      if (NO_SCORE.test(metric) || typeof value !== "number" || !Number.isFinite(value)) continue;
      const { higherIsBetter } = metricKind(metric);
      const score = { step: step as number, metric, value, stderr: null, higherIsBetter };
      scores.set(JSON.stringify([step, metric]), score);
    }
  }
  return [...scores.values()].sort((a, b) => a.step - b.step);
}

/** Whether a logged metric is of an evaluation, and not of the batches trained on. */
export function isEvaluated({ metric }: Pick<BenchmarkScore, "metric">): boolean {
  return metric.startsWith("eval_");
}
