/** A model on the hub whose branches or folders are its training steps. */

import type { Checkpoint, CheckpointRun } from "../checkpoint.ts";
import { someNames } from "../../messages/some_names.ts";
import { stepFolderForms, stepFolders } from "../step_folder.ts";
import { branchForms, stepBranches, stepOfBranch } from "./branch_steps.ts";
import type { HubEnvironment } from "./hub_environment.ts";
import { type CheckpointPlace, HubModel, type HubOptions } from "./hub_model.ts";
import type { HubName } from "./hub_name.ts";
import { knownWarnings } from "./known_warnings.ts";

/**
 * Open the run of a model on the hub. Its steps are the branches that are named after one, else the folders
 * `checkpoint-<N>` of the main branch; those of a given revision the step that it is named after, else the folders in
 * it.
 *
 * @param name The model, and the revision if one is meant.
 * @param environment Where the hub is.
 * @param options Whom to tell of transfers.
 * @throws {Error} if there is no such model, or it has no steps.
 */
export async function openHubRun(
  name: HubName,
  environment: HubEnvironment,
  options: HubOptions = {},
): Promise<CheckpointRun> {
  const { repository } = name;
  const hub = new HubModel(repository, environment, options);
  const places = await findSteps(hub, name);
  const model = modelName(name);
  const steps = [...places.keys()];
  const placeOf = (step: number) => {
    const place = places.get(step);
    if (place) return place;
    throw new Error(`checkpoint step ${step} of ${model} is not there; steps: ${steps.join(", ")}`);
  };
  return {
    model,
    source: sourceOf(name),
    steps,
    warnings: knownWarnings(repository),
    listedDigests: async (step) => await hub.digests(placeOf(step)),
    checkpoint: async (step) => await hub.checkpoint(placeOf(step), model, step),
  };
}

/**
 * Open one revision of a model on the hub as a single checkpoint; its step is what the revision's name tells.
 *
 * @param name The model and the revision, `main` unless given.
 * @param environment Where the hub is.
 * @param options Whom to tell of transfers.
 * @throws {Error} if there is no such revision, or no checkpoint in it.
 */
export async function openHubRevision(
  name: HubName,
  environment: HubEnvironment,
  options: HubOptions = {},
): Promise<Checkpoint> {
  const hub = new HubModel(name.repository, environment, options);
  const label = name.revision ?? "main";
  const commit = await hub.listing.commit(label);
  return await hub.checkpoint({ commit, folder: "", label }, modelName(name), stepOfBranch(label));
}

function sourceOf({ repository, revision }: HubName): string {
  return `hf:${repository}${revision === null ? "" : `@${revision}`}`;
}

/** A revision that is named after a step is of the same model as the others; any other is a model of its own. */
function modelName({ repository, revision }: HubName): string {
  const name = repository.split("/").at(-1)!;
  if (revision === null || stepOfBranch(revision) !== null) return name;
  return `${name}@${revision.replaceAll("/", "-")}`;
}

async function findSteps(hub: HubModel, name: HubName): Promise<Map<number, CheckpointPlace>> {
  const { repository, revision } = name;
  if (revision !== null) {
    const commit = await hub.listing.commit(revision);
    const step = stepOfBranch(revision);
    if (step !== null) return new Map([[step, { commit, folder: "", label: revision }]]);
    return await stepsInFolders(hub, { commit, folder: "", label: revision }, name, "");
  }
  const branches = new Map(
    (await hub.listing.branches()).map(({ name, commit }) => [name, commit]),
  );
  const names = [...branches.keys()];
  const steps = stepBranches(names, `hf:${repository}`);
  if (steps.size > 0) {
    return new Map([...steps].map(([step, label]) => {
      return [step, { commit: branches.get(label)!, folder: "", label }];
    }));
  }
  const looked = `branches named ${branchForms} and found ${someNames(names)}`;
  const commit = branches.get("main");
  if (commit === undefined) {
    throw new Error(`${sourceOf(name)} has no steps: looked for ${looked}`);
  }
  return await stepsInFolders(hub, { commit, folder: "", label: "main" }, name, `${looked}; for `);
}

async function stepsInFolders(
  hub: HubModel,
  { commit, label }: CheckpointPlace,
  name: HubName,
  looked: string,
): Promise<Map<number, CheckpointPlace>> {
  const source = sourceOf(name);
  const paths = (await hub.listing.files(commit)).map(({ path }) => path);
  const names = paths.filter((path) => path.includes("/")).map((path) => path.split("/")[0]!);
  const folders = stepFolders([...new Set(names)], source);
  if (folders.size > 0) {
    return new Map([...folders].map(([step, folder]) => {
      return [step, { commit, folder: `${folder}/`, label: `${label}/${folder}` }];
    }));
  }
  const found = someNames([...new Set(paths.map((path) => path.split("/")[0]!))]);
  throw new Error(
    `${source} has no training steps: looked for ${looked || ""}folders named ${stepFolderForms} ` +
      `in ${label} and found ${found}`,
  );
}
