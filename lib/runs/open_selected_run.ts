/** A run with the steps that were asked for, looked over before anything is computed. */

import type { DeclaredNetwork } from "../options/declared_network.ts";
import { declaredRun } from "../architectures/declared_run.ts";
import { detectArchitecture } from "../architectures/detect.ts";
import type { Checkpoint, CheckpointRun, TensorRows } from "../checkpoints/checkpoint.ts";
import {
  describeDuplicateSteps,
  type DuplicateSteps,
  findDuplicateSteps,
  stepDigests,
} from "../checkpoints/duplicate_steps.ts";
import type { TransferListeners, TransferPlan } from "../checkpoints/transfer.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { weightRequests } from "../networks/wanted_rows.ts";
import { drawSamples } from "../networks/sample_nodes.ts";
import type { NullKind } from "../options/measuring_options.ts";
import { nullRequests } from "../emergence/null_models/null_tensors.ts";
import type { NetworkOptions } from "./analysis_options.ts";
import { medianLength } from "../networks/median_length.ts";
import type { MedianThreshold } from "../options/values.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";

/** How checkpoints are come by, and whom that tells. */
export interface RunAccess {
  /** What is declared of the network of the checkpoints. */
  readonly declared?: DeclaredNetwork;
  /** Go on where steps hold the same weights, and mark them in the table of E. */
  readonly allowDuplicates?: boolean;
  /** Told, a sentence each, what is known to be unusual with a model. */
  readonly onWarning?: (warning: string) => void;
  /** Told before anything is moved from a hub what the whole run will move, a plan for each file. */
  readonly onTransfer?: (plans: readonly TransferPlan[]) => void;
  /** Told while bytes are moved. */
  readonly onProgress?: TransferListeners["onProgress"];
}

/** How checkpoints are come by where more than they themselves is measured. */
export interface MeasuringAccess extends RunAccess {
  /** The null model that is measured too; it may need rows of a checkpoint that the checkpoint itself is not measured by. */
  readonly nullKind?: NullKind | undefined;
}

/** A run, its selected steps, and which of them hold the same weights. */
export interface SelectedRun {
  readonly run: CheckpointRun;
  /** The steps, ascending. */
  readonly steps: readonly number[];
  /** Groups of steps with the same weights; empty unless that was allowed. */
  readonly duplicates: readonly DuplicateSteps[];
}

/**
 * Open a run and select its steps; steps that hold the same weights are refused unless allowed.
 *
 * @param source What {@linkcode openRun} opens, or has opened.
 * @param asked The steps asked for; all unless given.
 * @param access How checkpoints are come by.
 * @param select How the steps are selected; unless given, step 0 must be among them.
 * @throws {Error} If the run or a step is not there, or two steps hold the same weights.
 */
export async function openSelectedRun(
  source: string | CheckpointRun,
  asked: readonly number[] | undefined,
  access: RunAccess,
  select = selectSteps,
): Promise<SelectedRun> {
  const { onProgress } = access;
  const opened = typeof source === "string"
    ? await openRun(source, onProgress === undefined ? {} : { onProgress })
    : source;
  const run = declaredRun(opened, access.declared ?? {});
  const steps = select(run, asked);
  for (const warning of run.warnings ?? []) access.onWarning?.(warning);
  const duplicates = await duplicatesAmong(run, steps);
  refuseDuplicates(run, duplicates, access);
  return { run, steps, duplicates };
}

/** Groups of steps with the same weights, those of a run's steps asked for among each. */
export async function duplicatesAmong(
  run: CheckpointRun,
  steps: readonly number[],
): Promise<DuplicateSteps[]> {
  // Where the source lists digests all steps are compared, since a wrong step 0 may hold the weights of one not asked for.
  const compared = run.listedDigests === undefined ? steps : run.steps;
  return findDuplicateSteps(await stepDigests(run, compared))
    .filter((group) => group.steps.some((step) => steps.includes(step)));
}

/** Refuse steps that hold the same weights, unless that is allowed. */
export function refuseDuplicates(
  run: Pick<CheckpointRun, "model" | "source">,
  duplicates: readonly DuplicateSteps[],
  { allowDuplicates }: Pick<RunAccess, "allowDuplicates">,
): void {
  if (duplicates.length === 0 || allowDuplicates) return;
  throw new Error(
    `${
      describeDuplicateSteps(run, duplicates)
    }; leave them out of the steps, or go on with allowDuplicates (--allow_duplicates)`,
  );
}

/** Tell what sampling the steps of a run will move, where any of it has to be moved. */
export async function tellTransfer(
  selected: SelectedRun,
  { samples, layerSample, qkv, edges }: NetworkOptions,
  { onTransfer, nullKind }: MeasuringAccess,
): Promise<void> {
  await tellMoved(selected, onTransfer, (checkpoint) => {
    const architecture = detectArchitecture(checkpoint);
    const drawn = drawSamples(checkpoint, architecture, samples, layerSample);
    const requests = weightRequests(architecture, drawn, { qkv, edges });
    // What `rescale` takes of step 0 is among the steps' own.
    return nullKind === undefined ? requests : nullRequests(nullKind, architecture, requests);
  });
}

/** Tell what measuring the full network of each step will move, where any of it has to be moved. */
export async function tellFullTransfer(
  selected: SelectedRun,
  { onTransfer }: RunAccess,
): Promise<void> {
  await tellMoved(selected, onTransfer, (checkpoint) => {
    const { matrices } = detectArchitecture(checkpoint);
    return matrices.map(({ tensor }) => ({ name: tensor }));
  });
}

/** Tell what some rows of each step's checkpoint will move, where any of it has to be moved. */
async function tellMoved(
  { run, steps }: SelectedRun,
  onTransfer: RunAccess["onTransfer"],
  requestsOf: (checkpoint: Checkpoint) => readonly TensorRows[],
): Promise<void> {
  if (onTransfer === undefined) return;
  const plans: TransferPlan[] = [];
  for (const step of steps) {
    const checkpoint = await run.checkpoint(step);
    if (checkpoint.plan === undefined) return;
    plans.push(...await checkpoint.plan(requestsOf(checkpoint)));
  }
  if (plans.some(({ bytes }) => bytes > 0)) onTransfer(plans);
}

/**
 * The threshold as a length: itself, or so many times the median length of the untrained networks.
 *
 * @param untrained Gives the networks of step 0; not called where the threshold is a length.
 */
export async function thresholdLength(
  threshold: number | MedianThreshold,
  untrained: () => AsyncIterable<NetworkSample>,
): Promise<number> {
  if (typeof threshold === "number") return threshold;
  const networks = await Array.fromAsync(untrained(), ({ network }) => network);
  return threshold.medians * medianLength(networks);
}

/** What is needed of a run to select its steps. */
type Steps = Pick<CheckpointRun, "model" | "steps" | "source">;

/**
 * The steps asked for, ascending, each once; all of the run's where none were.
 *
 * @throws {Error} If one is not there, naming those that are; or if step 0 is not among them, since E compares with it.
 */
export function selectSteps(run: Steps, asked?: readonly number[]): number[] {
  const selected = selectAnySteps(run, asked);
  if (selected.includes(0)) return selected;
  const whose = asked ? "the steps asked for are" : `steps in ${run.source}:`;
  throw new Error(
    `${run.model} cannot be measured without step 0: E compares every step with the untrained model; ` +
      `${whose} ${selected.join(", ")}`,
  );
}

/**
 * The steps asked for, whether or not step 0 is among them, for what compares no step with another.
 *
 * @throws {Error} If one is not there, naming those that are, or if none was asked for.
 */
export function selectAnySteps(
  { model, steps, source }: Steps,
  asked?: readonly number[],
): number[] {
  if (asked?.length === 0) {
    throw new Error(`no step of ${model} was asked for; steps in ${source}: ${steps.join(", ")}`);
  }
  const missing = asked?.find((step) => !steps.includes(step));
  if (missing !== undefined) {
    throw new Error(
      `checkpoint step ${missing} of ${model} is not there; steps: ${steps.join(", ")}`,
    );
  }
  return [...new Set(asked ?? steps)].sort((a, b) => a - b);
}
