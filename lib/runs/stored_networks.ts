/** The networks of a model from where they were stored. */
import { join } from "node:path";
import { findDuplicateSteps } from "../checkpoints/duplicate_steps.ts";
import { stepFolders } from "../checkpoints/step_folder.ts";
import { exists } from "../files/exists.ts";
import { systemFault } from "../files/system_fault.ts";
import type { ModelNetworks } from "./model_networks.ts";
import { firstDifference, type NetworkOptions } from "./network_options.ts";
import { hasStoredStep, loadNetwork } from "./network_store.ts";
import { refuseDuplicates, type RunAccess, type SelectedRun } from "./open_selected_run.ts";
import type { selectSteps } from "./select_steps.ts";
import { loadRecord, type StepRecord } from "./step_record.ts";

/** The stored steps of a model, `null` unless it has some and its name can mean nothing but a model in the store. */
export async function stepsOfStoredModel(store: string, name: string): Promise<number[] | null> {
  const steps = await storedSteps(store, name);
  return steps && await isStoredName(name) ? steps : null;
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
  const selected = select({ model, steps: there, source: join(store, model) }, steps);
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
    source: join(store, model),
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
          join(store, model, `step${step}`)
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
  const folder = join(store, model);
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
  return !/[/\\:]/.test(name) && !await exists(name);
}
