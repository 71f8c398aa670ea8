/** The models and steps that a notebook reads: its own, or those that the environment names. */

import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { evenSteps } from "../checkpoints/even_steps.ts";
import { describeTransfer, type TransferPlan } from "../checkpoints/hub/transfer_plan.ts";
import { runOfSteps } from "../checkpoints/run_of_steps.ts";
import { exists } from "../files/list_files.ts";
import { nameList } from "../options/name_list.ts";
import { OPTIONS } from "../options/options.ts";
import { checkOption } from "../options/read_options.ts";
import { analysisOptions, networkOptions } from "../runs/analysis_options.ts";
import { openSelectedRun, tellTransfer } from "../runs/open_selected_run.ts";
import { currentRecorder } from "./kernel.ts";

/** What a notebook reads that compares models. */
export interface NotebookRuns {
  /** The runs in the order in which they are named, each with the steps that are chosen. */
  readonly runs: readonly CheckpointRun[];
  /** Whether they are the notebook's own, with all their steps. */
  readonly isOwn: boolean;
  /**
   * Some steps to show: those wanted, if all runs have them all, and else as many of the steps that all have, even in
   * ln(1 + step); only of those that are `among` some, such as the steps with scores, where these are given.
   */
  readonly pickSteps: (wanted: readonly number[], among?: readonly number[]) => number[];
}

/** What a notebook reads that is about one model. */
export interface NotebookRun extends Omit<NotebookRuns, "runs"> {
  /** The run, with the steps that are chosen. */
  readonly run: CheckpointRun;
}

/**
 * Opens the model of a notebook: its own, or the first that `NEUROMFA_MODEL` names, with the steps of `NEUROMFA_STEPS`, which
 * takes the same words as `--steps`. A run with steps that hold the same weights is refused. What else is to be known is
 * printed under the cell: steps that are left out, what is known to be unusual, how much is to be moved from the hub, and
 * that what the notebook says in numbers is about its own model.
 *
 * @category Checkpoints
 * @param own The notebook's own model, as {@linkcode openRun} takes it.
 * @throws {Error} If the model cannot be opened, or a step is not there.
 * @throws {RangeError} If `NEUROMFA_STEPS` cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { notebookRun } from "neuromfa";
 *
 * const { run, pickSteps } = await notebookRun("suite:nano-64");
 * assert.equal(run.steps.length, 21);
 * assert.deepEqual(pickSteps([0, 512, 4096]), [0, 512, 4096]);
 * assert.deepEqual(pickSteps([0, 1000, 143_000]), [0, 64, 4096]); // it has no step 1000
 * ```
 */
export async function notebookRun(own: string): Promise<NotebookRun> {
  const [name, ...others] = await namedModels() ?? [own];
  if (others.length > 0) {
    console.log(`This notebook is about one model, so it reads the first of those named, ${name}`);
  }
  const { runs: [run], ...opened } = await openAll([name!], [own]);
  return { run: run!, ...opened };
}

/**
 * Opens the models of a notebook that compares some: its own, or those that `NEUROMFA_MODEL` names, between commas and with
 * braces as in `hf:EleutherAI/pythia-{160m,410m}-deduped`; else as {@linkcode notebookRun}.
 *
 * @category Checkpoints
 * @param own The notebook's own models, as {@linkcode openRun} takes them.
 * @throws {Error} If a model cannot be opened, or a step is not there.
 * @throws {RangeError} If `NEUROMFA_STEPS` cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { notebookRuns } from "neuromfa";
 *
 * const { runs } = await notebookRuns(["suite:nano-32", "suite:nano-64"]);
 * assert.deepEqual(runs.map(({ model }) => model), ["nano-32", "nano-64"]);
 * ```
 */
export async function notebookRuns(own: readonly string[]): Promise<NotebookRuns> {
  return await openAll(await namedModels() ?? own, own);
}

/** The models that the environment names, `null` where it names none; a folder may have commas in its name. */
async function namedModels(): Promise<string[] | null> {
  const words = Deno.env.get("NEUROMFA_MODEL")?.trim() ?? "";
  if (words.includes(",") && await exists(words)) return [words];
  const names = nameList(words).filter((name) => name !== "");
  return names.length > 0 ? names : null;
}

/** The steps that the environment names. */
function namedSteps(): readonly number[] | string | undefined {
  const words = Deno.env.get("NEUROMFA_STEPS")?.trim() || undefined;
  return words && checkOption("NEUROMFA_STEPS", OPTIONS.steps, OPTIONS.steps.read(words), words);
}

async function openAll(names: readonly string[], own: readonly string[]): Promise<NotebookRuns> {
  const steps = namedSteps();
  const runs: CheckpointRun[] = [];
  for (const name of names) runs.push(await openOne(name, steps));
  const isOwn = steps === undefined && names.length === own.length &&
    names.every((name, i) => name === own[i]);
  if (!isOwn) {
    const [theirs, here] = [own, names].map((models) => models.join(", "));
    const what = theirs === here ? "the steps chosen here" : here;
    console.log(`Paragraphs that begin with "Notice" are about ${theirs}, not about ${what}`);
    currentRecorder()?.leaveOutNotices?.(theirs!);
  }
  const [first, ...others] = runs.map((run) => run.steps);
  const common = first!.filter((step) => others.every((steps) => steps.includes(step)));
  const pickSteps = (wanted: readonly number[], among: readonly number[] = common) => {
    const steps = common.filter((step) => among.includes(step));
    return wanted.every((step) => steps.includes(step))
      ? [...wanted]
      : evenSteps(steps, Math.max(2, wanted.length));
  };
  return { runs, isOwn, pickSteps };
}

async function openOne(
  name: string,
  asked: readonly number[] | string | undefined,
): Promise<CheckpointRun> {
  const selected = await openSelectedRun(name, asked, { onWarning: (line) => console.log(line) });
  const { run, steps } = selected;
  const onTransfer = (plans: readonly TransferPlan[]) =>
    console.log(
      `Ten samples of ${steps.length} steps of ${run.model}: ${describeTransfer(plans)}; ` +
        "cells that read full networks or all weights move more",
    );
  await tellTransfer(selected, networkOptions(analysisOptions()), { onTransfer });
  return runOfSteps(run, steps);
}
