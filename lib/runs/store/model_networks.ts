/** The networks of a model, from its checkpoints or from where they were stored. */

import { type DeclaredNetwork, declaredNetwork } from "../../options/declared_network.ts";
import type { Architecture, NeuronLayer } from "../../architectures/architecture.ts";
import { detectArchitecture } from "../../architectures/detect.ts";
import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { countWeights } from "../../checkpoints/count_weights.ts";
import { findDuplicateSteps, refuseDuplicates } from "../../checkpoints/duplicate_steps.ts";
import { openRun, type OpenRunOptions } from "../../checkpoints/open_run.ts";
import { stepFolders } from "../../checkpoints/step_names.ts";
import { exists } from "../../files/list_files.ts";
import { isPlainName } from "../../files/plain_name.ts";
import { systemFault } from "../../files/system_fault.ts";
import {
  checkSameSizes,
  type NetworkSample,
  sampleNetworks,
} from "../../networks/sample_networks.ts";
import { printable } from "../../messages/shown.ts";
import { RelatedSteps } from "../../networks/related_steps.ts";
import type { NullKind } from "../../options/measuring_options.ts";
import {
  firstDifference,
  isFull,
  type NetworkOptions,
  networkOptions,
  samplingOptions,
} from "../analysis_options.ts";
import {
  isDrawn,
  openSelectedRun,
  type RunAccess,
  type SelectedRun,
  selectSteps,
  tellTransfer,
} from "../open_selected_run.ts";
import { guessNote, type LeftOut, leftOutOf } from "../run_record.ts";
import type { StepRecord } from "../stored_records.ts";
import type { UnitPlace } from "../units/unit.ts";
import { digestBeside } from "../workers/digest_crew.ts";
import {
  hasStoredStep,
  loadNetwork,
  loadRecord,
  stepFolderOf,
  storeFolderOf,
} from "./network_store.ts";

/** The networks of a model: which there are, and how to get them. */
export interface ModelNetworks extends Omit<SelectedRun, "run"> {
  readonly model: string;
  /** SHA-256 of the weights of every step. */
  readonly digests: ReadonlyMap<number, string>;
  /** Number of weights of the model, counted at the first of the steps. */
  readonly weights: number;
  readonly layers: readonly NeuronLayer[];
  /** The entry of its files that the weights were taken from, where these hold more. */
  readonly entry?: string;
  /** What of the model is no part of its network. */
  readonly leftOut: readonly LeftOut[];
  /** Where they come from, for messages. */
  readonly source: string;
  /** Where units are measured from. */
  readonly place: UnitPlace;
  /** The run, `null` where stored networks take its place. */
  readonly run: CheckpointRun | null;
  /** The networks of some steps, default all; full networks are not given whole. */
  networks(steps?: readonly number[]): AsyncIterable<NetworkSample>;
}

/**
 * Open the networks of a model. Sampled ones are read from the store if all of them are there, of the same checkpoints and
 * options, and sampled from the checkpoints otherwise; both give the same. A name that is no run but has stored networks is
 * read from those alone.
 */
export async function openModelNetworks(
  source: string | CheckpointRun,
  options: NetworkOptions | { readonly network: "full" } & DeclaredNetwork,
  store: string,
  steps?: readonly number[] | string,
  access: RunAccess & { readonly nullKind?: NullKind | undefined } = {},
  select = selectSteps,
): Promise<ModelNetworks> {
  const { nullKind, baseline } = access;
  const name = typeof source === "string" ? source : source.source;
  const isSampled = !isFull(options);
  const there = isSampled && source === name ? await stepsOfStoredModel(store, name) : null;
  if (isSampled && there) {
    if (nullKind === undefined && !isDrawn(baseline)) {
      const selected = select(
        { model: name, steps: there, source: storeFolderOf(store, name) },
        ...[steps, baseline] as const,
      );
      return await openStoredNetworks(store, name, selected, options, access);
    }
    const what = nullKind === undefined
      ? "an untrained network is drawn in the shape"
      : "a null model is made";
    throw new Error(
      `${what} of all weights, and ${
        storeFolderOf(store, name)
      } has only sampled networks; name the ` +
        `checkpoints of the model, or leave the ${
          nullKind === undefined ? "baseline" : "null model"
        } out`,
    );
  }
  const declared = declaredNetwork(options);
  const place = placeOfRun(name, access, declared);
  const selected = await openSelectedRun(
    ...[source, steps, { ...access, declared }, select] as const,
    (run, steps) => digestSteps(place, run, steps, access.workers),
  );
  const opened = await networksOfRun(place, selected, options, access);
  const stored = isSampled && nullKind === undefined &&
    await storedNetworksOfRun(store, selected, options);
  // What the checkpoints tell counts, also of networks that an older version stored.
  const { entry, leftOut, notes } = opened;
  if (stored) return { ...stored, leftOut, notes, ...entry !== undefined && { entry } };
  await tellTransfer(selected, options, access, nullKind);
  return opened;
}

/** The name that a model has in tables; rejects if the name is no run, and no model in the store. */
export async function nameOfModel(
  name: string,
  store: string,
  options: Pick<OpenRunOptions, "stepsPattern" | "weights"> = {},
): Promise<string> {
  if (await stepsOfStoredModel(store, name)) return name;
  return (await openRun(name, options)).model;
}

/** The stored steps of a model, `null` unless it has some and its name is no path and names no source. */
export async function stepsOfStoredModel(store: string, name: string): Promise<number[] | null> {
  if (!isPlainName(name) || name.includes(":") || await exists(name)) return null;
  const folder = storeFolderOf(store, name);
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    const steps = [...stepFolders(names, folder).keys()];
    return steps.length > 0 ? steps : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    throw systemFault(error, folder, "read");
  }
}

/** What is compared where no entry of the files was asked for. */
const NO_ENTRY = { weights: "none" };

/** The stored networks of some steps, with no checkpoints to compare them with. */
async function openStoredNetworks(
  store: string,
  model: string,
  steps: readonly number[],
  options: NetworkOptions,
  access: RunAccess,
): Promise<ModelNetworks> {
  const records = await loadRecords(store, model, steps);
  for (const record of records) {
    const difference = firstDifference(
      { ...NO_ENTRY, ...networkOptions(record.options) },
      { ...NO_ENTRY, ...networkOptions(options) },
    );
    if (difference === null) continue;
    const { name, values: [stored, asked] } = difference;
    throw new Error(
      `the stored networks of ${model} at step ${record.step} were extracted with ` +
        `${name} ${stored}, not ${asked}; give the same option, or extract them again`,
    );
  }
  const opened = fromStore(store, model, records, options);
  if (!access.allowDuplicates) refuseDuplicates(opened, opened.duplicates);
  return opened;
}

/** Those of a run's selected steps, `null` unless all are there, of the same checkpoints and options. */
async function storedNetworksOfRun(
  store: string,
  { run, steps, duplicates }: SelectedRun,
  options: NetworkOptions,
): Promise<ModelNetworks | null> {
  for (const step of steps) {
    if (!await hasStoredStep(store, await run.checkpoint(step), options)) return null;
  }
  const records = await loadRecords(store, run.model, steps);
  return { ...fromStore(store, run.model, records, options), duplicates };
}

function fromStore(
  store: string,
  model: string,
  records: readonly StepRecord[],
  { samples }: NetworkOptions,
): ModelNetworks {
  const steps = records.map(({ step }) => step);
  const digests = new Map(records.map(({ step, sha256 }) => [step, sha256]));
  const { weights, layers, entry, leftOut = [], notes = [] } = records[0]!;
  return {
    ...{ model, steps, digests, duplicates: findDuplicateSteps(digests), weights, layers },
    ...{ leftOut, notes, ...entry !== undefined && { entry } },
    source: storeFolderOf(store, model),
    place: { kind: "store", store, model },
    run: null,
    async *networks(some = steps) {
      for (const record of records) {
        if (!some.includes(record.step)) continue;
        for (let sample = 0; sample < samples; sample++) {
          yield await loadNetwork(store, record, sample);
        }
      }
    },
  };
}

async function loadRecords(
  store: string,
  model: string,
  steps: readonly number[],
): Promise<StepRecord[]> {
  return await Array.fromAsync(steps, async (step) => {
    const record = await loadRecord(store, model, step);
    if (record !== null) return record;
    throw new Error(
      `${stepFolderOf(store, model, step)} has no networks.json, so its networks may be ` +
        "incomplete; extract them again",
    );
  });
}

/** Where workers find a run again. */
export function placeOfRun(
  name: string,
  { stepsPattern, baseline, weights, commits }: Pick<
    RunAccess,
    "stepsPattern" | "baseline" | "weights" | "commits"
  >,
  declared: DeclaredNetwork,
): UnitPlace {
  return {
    ...{ kind: "run", name },
    ...stepsPattern !== undefined && { stepsPattern },
    ...weights !== undefined && { weights },
    ...commits !== undefined && { commits },
    ...isDrawn(baseline) && { baseline },
    ...Object.keys(declared).length > 0 && { declared },
  };
}

/** Weights that workers are worth starting for, of which a second is hashed a half. */
const WORTH_WORKERS = 2 ** 28;

/** Have workers take the digests of steps on this disk, where that pays. */
async function digestSteps(
  place: UnitPlace,
  run: CheckpointRun,
  steps: readonly number[],
  workers: RunAccess["workers"] = 1,
): Promise<void> {
  const team = workers === "auto" ? navigator.hardwareConcurrency : workers;
  if (team === 1 || place.kind !== "run") return;
  for (const step of steps) {
    // One that cannot be opened is for whoever opens it to tell of.
    const checkpoint = await run.checkpoint(step).catch(() => null);
    if (checkpoint === null) continue;
    if (checkpoint.prefetch !== undefined) return;
    const weights = countWeights(checkpoint.tensors) * steps.length;
    return weights > WORTH_WORKERS ? await digestBeside(place, steps, team) : undefined;
  }
}

/** What is known of a run once every checkpoint has been opened; all must be of one model. */
async function networksOfRun(
  place: UnitPlace,
  { run, steps, duplicates, notes }: SelectedRun,
  options: NetworkOptions | { readonly network: "full" } & DeclaredNetwork,
  { weights: key, onWarning, allowUnrelated }: RunAccess,
): Promise<ModelNetworks> {
  const related = new RelatedSteps(run);
  const digests = new Map<number, string>(), entries = new Map<string, number>();
  let first: Architecture | undefined, weights = 0;
  for (const step of steps) {
    const checkpoint = await run.checkpoint(step);
    const architecture = detectArchitecture(checkpoint);
    if (first) checkSameSizes(checkpoint, architecture, first);
    else [first, weights] = [architecture, countWeights(checkpoint.tensors)];
    digests.set(step, await checkpoint.digest());
    if (checkpoint.entry !== undefined) entries.set(checkpoint.entry, step);
    if (!allowUnrelated) await related.addLocal(step, checkpoint, architecture);
  }
  const { model, source } = run;
  const entry = oneEntry(entries, model);
  if (entry !== null && key === undefined) {
    onWarning?.(`the weights of ${model} are the entry ${printable(entry)} of its files`);
  }
  const guess = guessNote(first!, declaredNetwork(options));
  if (guess !== null) onWarning?.(`${model}: ${guess}; neuromfa describe prints it`);
  return {
    ...{ model, steps, digests, duplicates, weights, layers: first!.layers, source, run },
    ...{ notes: guess === null ? notes : [...notes, guess], leftOut: leftOutOf(first!), place },
    ...entry !== null && { entry },
    networks(some = steps) {
      const looked = { allowDuplicates: true, allowUnrelated: true };
      if (!isFull(options)) {
        return sampleNetworks(run, { ...samplingOptions(options), steps: some, ...looked });
      }
      throw new Error(`a full network of ${model} is measured part by part`);
    },
  };
}

/** The entry that the weights of all steps are in, `null` where no file has several; two would be two models. */
function oneEntry(entries: ReadonlyMap<string, number>, model: string): string | null {
  const [[one, step] = [], [other, otherStep] = []] = entries;
  if (other === undefined) return one ?? null;
  throw new Error(
    `the weights of ${model} are the entry ${printable(one!)} at step ${step} and ${
      printable(other)
    } at step ` +
      `${otherStep}; choose one for all steps by weights (--weights KEY)`,
  );
}
