/** A run with the steps that were asked for, looked over before anything is computed. */

import type { Architecture } from "../architectures/architecture.ts";
import type { DeclaredNetwork } from "../options/declared_network.ts";
import { declaredRun } from "../architectures/declared_run.ts";
import { detectArchitecture } from "../architectures/detect.ts";
import type { Checkpoint, CheckpointRun, TensorRows } from "../checkpoints/checkpoint.ts";
import {
  type DuplicateSteps,
  findDuplicateSteps,
  refuseDuplicates,
  stepDigests,
} from "../checkpoints/duplicate_steps.ts";
import type { TransferListeners, TransferPlan } from "../checkpoints/hub/transfer_plan.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { weightRequests } from "../networks/read_weights.ts";
import { drawSamples } from "../networks/sample_nodes.ts";
import type { NullKind } from "../options/measuring_options.ts";
import { nullRequests } from "../emergence/null_models/null_tensors.ts";
import { isFull, type NetworkOptions } from "./analysis_options.ts";
import { medianLength } from "../networks/median_length.ts";
import type { MedianThreshold } from "../options/values.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";

/** How checkpoints are come by, and whom that tells. */
export interface RunAccess {
  /** What is declared of the network of the checkpoints. */
  readonly declared?: DeclaredNetwork;
  /** Go on where steps hold the same weights, and mark them in the table of E. */
  readonly allowDuplicates?: boolean;
  /** Go on where neighbouring steps have weights that do not correlate at all. */
  readonly allowUnrelated?: boolean;
  /** Told, a sentence each, what is known to be unusual with a model. */
  readonly onWarning?: (warning: string) => void;
  /** Told before anything is moved from a hub what the whole run will move, a plan for each file. */
  readonly onTransfer?: (plans: readonly TransferPlan[]) => void;
  /** Told while bytes are moved. */
  readonly onProgress?: TransferListeners["onProgress"];
}

/** A run, its selected steps, ascending, and which of them hold the same weights. */
export interface SelectedRun {
  readonly run: CheckpointRun;
  readonly steps: readonly number[];
  /** Groups of steps with the same weights; empty unless that was allowed. */
  readonly duplicates: readonly DuplicateSteps[];
}

/** Open a run and select its steps; steps that hold the same weights are refused unless allowed. */
export async function openSelectedRun(
  source: string | CheckpointRun,
  asked: readonly number[] | undefined,
  access: RunAccess,
  select = selectSteps,
): Promise<SelectedRun> {
  const { onProgress, onWarning: onWait } = access;
  const opened = typeof source === "string"
    ? await openRun(source, { ...onProgress && { onProgress }, ...onWait && { onWait } })
    : source;
  const run = declaredRun(opened, access.declared ?? {});
  const steps = select(run, asked);
  for (const warning of run.warnings ?? []) access.onWarning?.(warning);
  // Where the source lists digests all steps are compared, since a wrong step 0 may hold the weights of one not asked for.
  const compared = run.listedDigests === undefined ? steps : run.steps;
  const duplicates = findDuplicateSteps(await stepDigests(run, compared))
    .filter((group) => group.steps.some((step) => steps.includes(step)));
  if (!access.allowDuplicates) refuseDuplicates(run, duplicates);
  return { run, steps, duplicates };
}

/** Tell what sampling a run's steps, or measuring the full network of each, will move, where any of it has to be moved. */
export async function tellTransfer(
  { run, steps }: SelectedRun,
  options: NetworkOptions | { readonly network: "full" },
  { onTransfer }: RunAccess,
  nullKind?: NullKind,
): Promise<void> {
  if (onTransfer === undefined) return;
  const plans: TransferPlan[] = [];
  for (const step of steps) {
    const checkpoint = await run.checkpoint(step);
    if (checkpoint.plan === undefined) return;
    const architecture = detectArchitecture(checkpoint);
    plans.push(...await checkpoint.plan(requestsOf(checkpoint, architecture, options, nullKind)));
  }
  if (plans.some(({ bytes }) => bytes > 0)) onTransfer(plans);
}

function requestsOf(
  checkpoint: Checkpoint,
  architecture: Architecture,
  options: NetworkOptions | { readonly network: "full" },
  nullKind: NullKind | undefined,
): readonly TensorRows[] {
  if (isFull(options)) return architecture.matrices.map(({ tensor }) => ({ name: tensor }));
  const drawn = drawSamples(checkpoint, architecture, options.samples, options.layerSample);
  const requests = weightRequests(architecture, drawn, options);
  // What `rescale` takes of step 0 is among the steps' own.
  return nullKind === undefined ? requests : nullRequests(nullKind, architecture, requests);
}

/** The threshold as a length: itself, or so many times the median length of the untrained networks. */
export async function thresholdLength(
  threshold: number | MedianThreshold,
  untrained: () => AsyncIterable<NetworkSample>,
): Promise<number> {
  if (typeof threshold === "number") return threshold;
  const networks = await Array.fromAsync(untrained(), ({ network }) => network);
  return threshold.medians * medianLength(networks);
}

/** The steps asked for, or else all of a run's, ascending, each once; step 0 must be among them. */
export function selectSteps(
  run: Pick<CheckpointRun, "model" | "steps" | "source">,
  asked?: readonly number[],
): number[] {
  const selected = selectAnySteps(run, asked);
  if (selected.includes(0)) return selected;
  const whose = asked ? "the steps asked for are" : `steps in ${run.source}:`;
  throw new Error(
    `${run.model} cannot be measured without step 0: E compares every step with the untrained model; ` +
      `${whose} ${selected.join(", ")}`,
  );
}

/** The same without step 0, for what compares no step with another. */
export function selectAnySteps(
  { model, steps, source }: Pick<CheckpointRun, "model" | "steps" | "source">,
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
