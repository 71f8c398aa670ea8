/** A run with the steps that were asked for, looked over before anything is computed. */

import type { Architecture } from "../architectures/architecture.ts";
import type { DeclaredNetwork } from "../options/declared_network.ts";
import { declaredRun } from "../architectures/declared_run.ts";
import type { Checkpoint, CheckpointRun, TensorRows } from "../checkpoints/checkpoint.ts";
import { chooseSteps, type RunOfSteps, usualStepsWords } from "../checkpoints/choose_steps.ts";
import {
  duplicatesOf,
  type DuplicateSteps,
  refuseDuplicates,
} from "../checkpoints/duplicate_steps.ts";
import type {
  LinkMeter,
  TransferListeners,
  TransferPlan,
} from "../checkpoints/hub/transfer_plan.ts";
import { stepsNamed } from "../options/step_words.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { transferPlans } from "../networks/transfer_plans.ts";
import { weightRequests } from "../networks/read_weights.ts";
import { drawSamples } from "../networks/sample_nodes.ts";
import type { NullKind } from "../options/measuring_options.ts";
import { untrainedRun } from "../emergence/null_models/untrained_run.ts";
import { nullRequests } from "../emergence/null_models/null_tensors.ts";
import { isFull, type NetworkOptions } from "./analysis_options.ts";
import { completeSteps } from "./complete_steps.ts";
import { medianLength } from "../networks/median_length.ts";
import type { Baseline, DrawnBaseline, MedianThreshold, Transfer } from "../options/values.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";

/** How checkpoints are come by, and whom that tells. */
export interface RunAccess {
  /** What is declared of the network of the checkpoints. */
  readonly declared?: DeclaredNetwork;
  /** Go on where steps hold the same weights, and mark them in the table of E. */
  readonly allowDuplicates?: boolean;
  /** How steps are named, where they are in a way of their own: a regular expression whose first group is the step. */
  readonly stepsPattern?: string | undefined;
  /** What E compares every step with; step 0 unless given. */
  readonly baseline?: Baseline | undefined;
  /** The entry of files of `torch.save` that holds the weights. */
  readonly weights?: string | undefined;
  /** Go on where neighbouring steps have weights that do not correlate at all. */
  readonly allowUnrelated?: boolean;
  /** Take a checkpoint that is only half written for an error, rather than leaving it out. */
  readonly strict?: boolean;
  /** What moving bytes from a hub saves: `fewest-bytes`, `fastest`, or `balanced`, which is the default. */
  readonly transfer?: Transfer | undefined;
  /** How many workers take digests of large checkpoints on this disk, `auto` for one a processor; 1 unless given. */
  readonly workers?: number | "auto" | undefined;
  /**
   * What measures the connection to a hub, where several runs share one.
   *
   * @internal
   */
  readonly meter?: LinkMeter | undefined;
  /**
   * The commits that steps on a hub are read from, in place of those that their branches are at now.
   *
   * @internal
   */
  readonly commits?: ReadonlyMap<number, string> | undefined;
  /**
   * The command line that asks for the run, for its record.
   *
   * @internal
   */
  readonly command?: string | undefined;
  /**
   * What opens a run by its name in place of {@linkcode openRun}; the name must open the same steps in a worker.
   *
   * @internal
   */
  readonly open?: ((name: string) => Promise<CheckpointRun>) | undefined;
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
  /** What the tables' record must say of how they were opened: steps left out, or an untrained network that was drawn. */
  readonly notes: readonly string[];
}

/**
 * Open a run and select its steps; steps that hold the same weights are refused unless allowed. Steps that are only half written
 * and were not named are left out, with a warning, unless that is to be an error; see {@linkcode completeSteps}.
 *
 * @param takeDigests Takes the digests of steps beside each other, before any is taken here; not of a run that knows its own.
 */
export async function openSelectedRun(
  source: string | CheckpointRun,
  asked: readonly number[] | string | undefined,
  access: RunAccess,
  select = selectSteps,
  takeDigests?: (run: CheckpointRun, steps: readonly number[]) => Promise<void>,
): Promise<SelectedRun> {
  const { onProgress, onWarning, stepsPattern, weights, baseline, transfer, meter, commits } =
    access;
  if (typeof source !== "string" && weights !== undefined) {
    throw new Error(
      `${source.model} is opened already, so weights ${weights} comes too late; give it to openRun`,
    );
  }
  const found = typeof source !== "string"
    ? source
    : access.open !== undefined
    ? await access.open(source)
    : await openRun(source, {
      ...{ stepsPattern, weights, transfer, meter, commits },
      ...onProgress && { onProgress },
      ...onWarning && { onWait: onWarning },
    });
  const opened = declaredRun(found, access.declared ?? {});
  const notes: string[] = [];
  let run = opened, wanted = asked === undefined ? undefined : chooseSteps(opened, asked);
  const fewer = asked === undefined ? usualStepsWords(opened) : null;
  if (fewer !== null) {
    notes.push(fewer.note);
    onWarning?.(fewer.warning);
  }
  if (isDrawn(baseline)) {
    checkDrawn(opened, wanted);
    const drawn = await untrainedRun(opened, baseline.init, wanted?.[0]);
    run = drawn.run;
    wanted = wanted && [0, ...wanted];
    notes.push(`step 0 is drawn: ${drawn.words}`);
    access.onWarning?.(`step 0 of ${run.model} is no checkpoint but drawn: ${drawn.words}`);
  }
  let steps: readonly number[] = select(run, wanted, baseline);
  if (run.listedDigests === undefined) {
    await takeDigests?.(run, steps);
    const needed = stepsNamed(asked ?? []);
    const complete = await completeSteps(run, steps, { ...access, needed });
    notes.push(...complete.notes);
    steps = complete.steps;
  }
  for (const warning of run.warnings ?? []) access.onWarning?.(warning);
  const duplicates = await duplicatesOf(run, steps);
  if (!access.allowDuplicates) refuseDuplicates(run, duplicates);
  return { run, steps, duplicates, notes };
}

/** Whether E is compared with a network that is drawn. */
export function isDrawn(baseline: Baseline | undefined): baseline is DrawnBaseline {
  return typeof baseline === "object";
}

/** Refuse a drawn step 0 beside one that is there. */
function checkDrawn({ model, steps, source }: CheckpointRun, asked?: readonly number[]): void {
  if (!(asked ?? steps).includes(0)) return;
  throw new Error(
    `${model} has a step 0 in ${source}, which a drawn network would take the place of; leave out ` +
      "baseline (--baseline), or ask for steps without 0",
  );
}

/** Tell what sampling a run's steps, or measuring the full network of each, will move, where any of it has to be moved. */
export async function tellTransfer(
  { run, steps }: SelectedRun,
  options: NetworkOptions | { readonly network: "full" },
  { onTransfer }: RunAccess,
  nullKind?: NullKind,
): Promise<void> {
  if (onTransfer === undefined) return;
  const plans = await transferPlans(
    run,
    steps,
    (checkpoint, architecture) => requestsOf(checkpoint, architecture, options, nullKind),
  );
  if (plans.length > 0) onTransfer(plans);
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

/**
 * The steps asked for, or else the usual ones of a run, ascending, each once; the baseline must be among them. A run without step 0 may
 * go without a baseline.
 */
export function selectSteps(
  run: RunOfSteps,
  asked?: readonly number[] | string,
  baseline?: Baseline,
): number[] {
  const selected = chooseSteps(run, asked);
  const reference = typeof baseline === "number" ? baseline : 0;
  const isFree = baseline === undefined && !run.steps.includes(0);
  if (isFree || selected.includes(reference)) return selected;
  const whose = asked ? "the steps asked for are" : `steps in ${run.source}:`;
  throw new Error(
    `${run.model} cannot be measured without step ${reference}: E compares every step with ` +
      `${reference === 0 ? "the untrained model" : "this baseline"}; ${whose} ${
        selected.join(", ")
      }`,
  );
}
