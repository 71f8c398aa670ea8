/** The networks of a model, from its checkpoints or from where they were stored. */

import { type DeclaredNetwork, declaredNetwork } from "../../options/declared_network.ts";
import type { Architecture, NeuronLayer } from "../../architectures/architecture.ts";
import type { CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { type DuplicateSteps, findDuplicateSteps } from "../../checkpoints/duplicate_steps.ts";
import { openRun } from "../../checkpoints/open_run.ts";
import {
  checkSameSizes,
  type NetworkSample,
  sampleNetworks,
} from "../../networks/sample_networks.ts";
import { firstDifference, type NetworkOptions, networkOptions } from "../analysis_options.ts";
import {
  type MeasuringAccess,
  openSelectedRun,
  refuseDuplicates,
  type RunAccess,
  type SelectedRun,
  selectSteps,
  tellFullTransfer,
  tellTransfer,
} from "../open_selected_run.ts";
import { loadRecord, stepFolderOf, storeFolderOf } from "./step_record.ts";
import type { StepRecord } from "../stored_records.ts";
import type { UnitPlace } from "../units/unit_place.ts";
import { stepFolders } from "../../checkpoints/step_folder.ts";
import { exists } from "../../files/list_files.ts";
import { isPlainName } from "../../files/plain_name.ts";
import { systemFault } from "../../files/system_fault.ts";
import { hasStoredStep, loadNetwork } from "./network_store.ts";
import { detectArchitecture } from "../../architectures/detect.ts";
import { countWeights } from "../../checkpoints/count_weights.ts";

/** The networks of a model: which there are, and how to get them. */
export interface ModelNetworks {
  /** The model's name in tables. */
  readonly model: string;
  /** The steps, ascending. */
  readonly steps: readonly number[];
  /** SHA-256 of the weights of every step. */
  readonly digests: ReadonlyMap<number, string>;
  /** Groups of steps that hold the same weights. */
  readonly duplicates: readonly DuplicateSteps[];
  /** Number of weights of the model, counted at the first of the steps. */
  readonly weights: number;
  /** All layers of the model. */
  readonly layers: readonly NeuronLayer[];
  /** Where they come from, for messages. */
  readonly source: string;
  /** Where units are measured from. */
  readonly place: UnitPlace;
  /** The run, `null` where stored networks take its place. */
  readonly run: CheckpointRun | null;
  /** The networks of some steps, default all. */
  networks(steps?: readonly number[]): AsyncIterable<NetworkSample>;
}

/**
 * Open the networks of a model. They are read from the store if all of them are there, of the same checkpoints and
 * options, and sampled from the checkpoints otherwise; both give the same. A name that is no run but has stored
 * networks is read from those alone.
 *
 * @param name The run's name, or the name of a model in the store.
 * @param access How checkpoints are come by; where a null model is measured too, they are read in place of stored networks.
 * @param select How the steps are selected; unless given, step 0 must be among them.
 * @throws {Error} If neither is there, a step is missing, stored networks without checkpoints are of other options or are
 * to have a null model, or two steps hold the same weights.
 */
export async function openModelNetworks(
  source: string | CheckpointRun,
  options: NetworkOptions,
  store: string,
  steps?: readonly number[],
  access: MeasuringAccess = {},
  select = selectSteps,
): Promise<ModelNetworks> {
  const { nullKind } = access;
  const name = typeof source === "string" ? source : source.source;
  const there = typeof source === "string" ? await stepsOfStoredModel(store, name) : null;
  if (there) {
    if (nullKind !== undefined) {
      throw new Error(
        `a null model is made of all weights, and ${
          storeFolderOf(store, name)
        } has only sampled networks; name the ` +
          "checkpoints of the model, or leave the null model out",
      );
    }
    return await openStoredNetworks(store, name, there, options, steps, access, select);
  }
  const declared = declaredNetwork(options);
  const selected = await openSelectedRun(source, steps, { ...access, declared }, select);
  const sampled = await sampledNetworksOfRun(name, selected, options);
  if (nullKind === undefined) {
    const stored = await storedNetworksOfRun(store, selected, options);
    if (stored) return stored;
  }
  await tellTransfer(selected, options, access);
  return sampled;
}

/**
 * The name that a model has in tables.
 *
 * @throws {Error} If the name is no run, and no model in the store.
 */
export async function nameOfModel(name: string, store: string): Promise<string> {
  if (await stepsOfStoredModel(store, name)) return name;
  return (await openRun(name)).model;
}

/** The stored steps of a model, `null` unless it has some and its name can mean nothing but a model in the store. */
export async function stepsOfStoredModel(store: string, name: string): Promise<number[] | null> {
  return await isStoredName(name) ? await storedSteps(store, name) : null;
}

/**
 * Open the stored networks of a model, with no checkpoints to compare them with.
 *
 * @param there The steps that are stored.
 * @param steps The steps asked for; all unless given.
 * @param select How the steps are selected.
 * @throws {Error} If a step is missing or incomplete, the networks are of other options, or two steps hold the same weights.
 */
export async function openStoredNetworks(
  store: string,
  model: string,
  there: readonly number[],
  options: NetworkOptions,
  steps: readonly number[] | undefined,
  access: RunAccess,
  select: typeof selectSteps,
): Promise<ModelNetworks> {
  const selected = select({ model, steps: there, source: storeFolderOf(store, model) }, steps);
  const records = await loadRecords(store, model, selected);
  for (const record of records) {
    const difference = firstDifference(record.options, options);
    if (difference === null) continue;
    throw new Error(
      `the stored networks of ${model} at step ${record.step} were extracted with ${difference}; ` +
        "give the same option, or extract them again",
    );
  }
  const opened = fromStore(store, model, records, options);
  refuseDuplicates(opened, opened.duplicates, access);
  return opened;
}

/**
 * The stored networks of a run's selected steps, `null` unless all of them are there, of the same checkpoints and options.
 *
 * @throws {Error} If what is stored cannot be read.
 */
export async function storedNetworksOfRun(
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
  return {
    model,
    steps,
    digests,
    duplicates: findDuplicateSteps(digests),
    weights: records[0]!.weights,
    layers: records[0]!.layers,
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
  const records: StepRecord[] = [];
  for (const step of steps) {
    const record = await loadRecord(store, model, step);
    if (record === null) {
      throw new Error(
        `${
          stepFolderOf(store, model, step)
        } has no networks.json, so its networks may be incomplete; ` +
          "extract them again",
      );
    }
    records.push(record);
  }
  return records;
}

/** The steps with a folder in the store, `null` where the model has none. */
async function storedSteps(store: string, model: string): Promise<number[] | null> {
  const folder = storeFolderOf(store, model);
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

/** Whether a name can only mean a model in the store: it is no path and names no source. */
async function isStoredName(name: string): Promise<boolean> {
  return isPlainName(name) && !name.includes(":") && !await exists(name);
}

/**
 * Look over a run for its sampled networks.
 *
 * @param name The run's name.
 * @throws {Error} If the checkpoints are not all of one model.
 */
export async function sampledNetworksOfRun(
  name: string,
  selected: SelectedRun,
  options: NetworkOptions,
): Promise<ModelNetworks> {
  const { run, steps } = selected;
  return {
    ...await lookOver(selected),
    place: placeOf(name, options),
    networks: (some = steps) => sampleNetworks(run, { ...networkOptions(options), steps: some }),
  };
}

/**
 * Open the checkpoints of a model for its full networks.
 *
 * @param name The run's name.
 * @param access How checkpoints are come by.
 * @param select How the steps are selected.
 * @throws {Error} If there is no such run, a step is missing, or two steps hold the same weights.
 */
export async function openFullNetworks(
  source: string | CheckpointRun,
  steps: readonly number[] | undefined,
  access: RunAccess,
  select: typeof selectSteps,
): Promise<ModelNetworks> {
  const name = typeof source === "string" ? source : source.source;
  const selected = await openSelectedRun(source, steps, access, select);
  const looked = await lookOver(selected);
  await tellFullTransfer(selected, access);
  return {
    ...looked,
    place: placeOf(name, access.declared ?? {}),
    networks() {
      throw new Error(`a full network of ${selected.run.model} is measured part by part`);
    },
  };
}

function placeOf(name: string, options: DeclaredNetwork): UnitPlace {
  const declared = declaredNetwork(options);
  return { kind: "run", name, ...Object.keys(declared).length > 0 && { declared } };
}

/** What is known of a run once every checkpoint has been opened; all must be of one model. */
async function lookOver({ run, steps, duplicates }: SelectedRun) {
  const digests = new Map<number, string>();
  let first: Architecture | undefined, weights = 0;
  for (const step of steps) {
    const checkpoint = await run.checkpoint(step);
    const architecture = detectArchitecture(checkpoint);
    if (first) checkSameSizes(checkpoint, architecture, first);
    else [first, weights] = [architecture, countWeights(checkpoint.tensors)];
    digests.set(step, await checkpoint.digest());
  }
  const { model, source } = run;
  return { model, steps, digests, duplicates, weights, layers: first!.layers, source, run };
}
