/** The networks of a model, from its checkpoints or from where they were stored. */

import { type DeclaredNetwork, declaredNetwork } from "../../options/declared_network.ts";
import type { Architecture, NeuronLayer } from "../../architectures/architecture.ts";
import { detectArchitecture } from "../../architectures/detect.ts";
import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { countWeights } from "../../checkpoints/count_weights.ts";
import { findDuplicateSteps, refuseDuplicates } from "../../checkpoints/duplicate_steps.ts";
import { openRun } from "../../checkpoints/open_run.ts";
import { stepFolders } from "../../checkpoints/step_names.ts";
import { exists } from "../../files/list_files.ts";
import { isPlainName } from "../../files/plain_name.ts";
import { systemFault } from "../../files/system_fault.ts";
import {
  checkSameSizes,
  type NetworkSample,
  sampleNetworks,
} from "../../networks/sample_networks.ts";
import { RelatedSteps } from "../../networks/related_steps.ts";
import type { NullKind } from "../../options/measuring_options.ts";
import {
  firstDifference,
  isFull,
  type NetworkOptions,
  networkOptions,
} from "../analysis_options.ts";
import {
  openSelectedRun,
  type RunAccess,
  type SelectedRun,
  selectSteps,
  tellTransfer,
} from "../open_selected_run.ts";
import type { StepRecord } from "../stored_records.ts";
import type { UnitPlace } from "../units/unit.ts";
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
  steps?: readonly number[],
  access: RunAccess & { readonly nullKind?: NullKind | undefined } = {},
  select = selectSteps,
): Promise<ModelNetworks> {
  const { nullKind } = access;
  const name = typeof source === "string" ? source : source.source;
  const isSampled = !isFull(options);
  const there = isSampled && source === name ? await stepsOfStoredModel(store, name) : null;
  if (isSampled && there) {
    if (nullKind === undefined) {
      const selected = select(
        { model: name, steps: there, source: storeFolderOf(store, name) },
        steps,
      );
      return await openStoredNetworks(store, name, selected, options, access);
    }
    throw new Error(
      `a null model is made of all weights, and ${storeFolderOf(store, name)} has only sampled ` +
        "networks; name the checkpoints of the model, or leave the null model out",
    );
  }
  const declared = declaredNetwork(options);
  const selected = await openSelectedRun(source, steps, { ...access, declared }, select);
  const opened = await networksOfRun(name, selected, options, access);
  const stored = isSampled && nullKind === undefined &&
    await storedNetworksOfRun(store, selected, options);
  if (stored) return stored;
  await tellTransfer(selected, options, access, nullKind);
  return opened;
}

/** The name that a model has in tables; rejects if the name is no run, and no model in the store. */
export async function nameOfModel(name: string, store: string): Promise<string> {
  if (await stepsOfStoredModel(store, name)) return name;
  return (await openRun(name)).model;
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
    const difference = firstDifference(networkOptions(record.options), options);
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
  const { weights, layers } = records[0]!;
  return {
    ...{ model, steps, digests, duplicates: findDuplicateSteps(digests), weights, layers },
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

function placeOf(
  name: string,
  options: NetworkOptions | { readonly network: "full" } & DeclaredNetwork,
): UnitPlace {
  const declared = declaredNetwork(options);
  return { kind: "run", name, ...Object.keys(declared).length > 0 && { declared } };
}

/** What is known of a run once every checkpoint has been opened; all must be of one model. */
async function networksOfRun(
  name: string,
  { run, steps, duplicates }: SelectedRun,
  options: NetworkOptions | { readonly network: "full" } & DeclaredNetwork,
  { allowUnrelated }: RunAccess,
): Promise<ModelNetworks> {
  const related = new RelatedSteps(run);
  const digests = new Map<number, string>();
  let first: Architecture | undefined, weights = 0;
  for (const step of steps) {
    const checkpoint = await run.checkpoint(step);
    const architecture = detectArchitecture(checkpoint);
    if (first) checkSameSizes(checkpoint, architecture, first);
    else [first, weights] = [architecture, countWeights(checkpoint.tensors)];
    digests.set(step, await checkpoint.digest());
    if (!allowUnrelated) await related.addLocal(step, checkpoint, architecture);
  }
  const { model, source } = run;
  return {
    ...{ model, steps, digests, duplicates, weights, layers: first!.layers, source, run },
    place: placeOf(name, options),
    networks(some = steps) {
      const looked = { allowDuplicates: true, allowUnrelated: true };
      if (!isFull(options)) {
        return sampleNetworks(run, { ...networkOptions(options), steps: some, ...looked });
      }
      throw new Error(`a full network of ${model} is measured part by part`);
    },
  };
}
