/** The models and steps that a notebook reads: its own, or those that the environment names. */

import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { refuseDuplicates } from "../checkpoints/duplicate_steps.ts";
import { pickedSteps } from "../checkpoints/even_steps.ts";
import { describeTransfer, type TransferPlan } from "../checkpoints/hub/transfer_plan.ts";
import { runOfSteps } from "../checkpoints/run_of_steps.ts";
import { exists } from "../files/list_files.ts";
import { nearestName } from "../messages/nearest_name.ts";
import { shown } from "../messages/shown.ts";
import { transferPlans } from "../networks/transfer_plans.ts";
import { nameList } from "../options/name_list.ts";
import { OPTIONS } from "../options/options.ts";
import { checkOption } from "../options/read_options.ts";
import { analysisOptions, networkOptions } from "../runs/analysis_options.ts";
import { openSelectedRun, tellTransfer } from "../runs/open_selected_run.ts";
import { currentRecorder, kernel, whenSent } from "./kernel.ts";
import {
  modelsOf,
  NOTEBOOK_READS,
  type NotebookModel,
  type NotebookReads,
  notebookRequests,
  readsOf,
} from "./notebook_reads.ts";

/** What to do about steps with the same weights, where there is no option to go on with them. */
export const LEAVE_OUT = "leave them out of NEUROMFA_STEPS (--steps of deno task reproduce)";

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
 * @param notebook The notebook's name without its number, by which it is known what it reads; ten samples are announced unless given.
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
export async function notebookRun(own: string, notebook?: string): Promise<NotebookRun> {
  const [name, ...others] = await namedModels() ?? [own];
  if (others.length > 0) {
    console.log(`This notebook is about one model, so it reads the first of those named, ${name}`);
  }
  const { runs: [run], ...opened } = await openAll([name!], [own], notebook);
  return { run: run!, ...opened };
}

/**
 * Opens the models of a notebook that compares some: its own, or those that `NEUROMFA_MODEL` names, between commas and with
 * braces as in `hf:EleutherAI/pythia-{160m,410m}-deduped`; else as {@linkcode notebookRun}.
 *
 * @category Checkpoints
 * @param own The notebook's own models, as {@linkcode openRun} takes them.
 * @param notebook The notebook's name, as for {@linkcode notebookRun}.
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
export async function notebookRuns(
  own: readonly string[],
  notebook?: string,
): Promise<NotebookRuns> {
  return await openAll(await namedModels() ?? own, own, notebook);
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

async function openAll(
  names: readonly string[],
  own: readonly string[],
  notebook: string | undefined,
): Promise<NotebookRuns> {
  const steps = namedSteps();
  const reads = notebook === undefined ? null : checkedReads(notebook);
  const read = reads && modelsOf(reads, names);
  const runs: CheckpointRun[] = [];
  for (const name of names) {
    const { of } = read?.find((model) => model.name === name) ?? { of: [] };
    runs.push(await openOne(name, steps, reads && { ...reads, of }));
  }
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
    return pickedSteps(steps, wanted);
  };
  // What was printed last would be lost with the end of the cell.
  if (currentRecorder() === undefined && kernel() !== undefined) await whenSent();
  return { runs, isOwn, pickSteps };
}

function checkedReads(notebook: string): NotebookReads {
  const reads = readsOf(notebook);
  if (reads !== null) return reads;
  const nearest = nearestName(notebook, Object.keys(NOTEBOOK_READS));
  throw new RangeError(
    `what the notebook ${shown(notebook)} reads is not known; did you mean ${
      shown(nearest)
    }? For a notebook ` +
      "of your own leave the name out",
  );
}

async function openOne(
  name: string,
  asked: readonly number[] | string | undefined,
  reads: NotebookReads & Pick<NotebookModel, "of"> | null,
): Promise<CheckpointRun> {
  const onWarning = (line: string) => console.log(line);
  const selected = await openSelectedRun(name, asked, { onWarning, allowDuplicates: true });
  refuseDuplicates(selected.run, selected.duplicates, LEAVE_OUT);
  const { steps } = selected, run = runOfSteps(selected.run, steps);
  const tell = (what: string, more: string) => (plans: readonly TransferPlan[]) =>
    console.log(`${what} of ${run.model}: ${describeTransfer(plans)}${more}`);
  if (reads === null) {
    const onTransfer = tell(
      `Ten samples of ${steps.length} steps`,
      "; cells that read full networks or all weights move more",
    );
    await tellTransfer(selected, networkOptions(analysisOptions()), { onTransfer });
    return run;
  }
  const requests = await notebookRequests(reads, run, reads.of);
  const plans = await transferPlans(
    run,
    [...requests.keys()],
    (checkpoint, architecture) => requests.get(checkpoint.step!)!.rows(checkpoint, architecture),
  );
  if (plans.length > 0) tell(`This notebook reads ${requests.size} steps`, "")(plans);
  return run;
}
