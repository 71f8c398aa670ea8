/** The networks of a model, from its checkpoints or from where they were stored. */
import type { NeuronLayer } from "../architectures/architecture.ts";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import type { DuplicateSteps } from "../checkpoints/duplicate_steps.ts";
import { openRun } from "../checkpoints/open_run.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import { sampledNetworksOfRun } from "./checkpoint_networks.ts";
import type { NetworkOptions } from "./network_options.ts";
import { type MeasuringAccess, openSelectedRun, tellTransfer } from "./open_selected_run.ts";
import { selectSteps } from "./select_steps.ts";
import { storeFolderOf } from "./step_record.ts";
import { openStoredNetworks, stepsOfStoredModel, storedNetworksOfRun } from "./stored_networks.ts";
import type { UnitPlace } from "./units/unit_place.ts";

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
  name: string,
  options: NetworkOptions,
  store: string,
  steps?: readonly number[],
  access: MeasuringAccess = {},
  select = selectSteps,
): Promise<ModelNetworks> {
  const { nullKind } = access;
  const there = await stepsOfStoredModel(store, name);
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
  const selected = await openSelectedRun(name, steps, access, select);
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
