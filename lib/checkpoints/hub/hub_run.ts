/** A model on the hub whose branches or folders are its training steps. */

import type { Checkpoint, CheckpointRun } from "../checkpoint.ts";
import { someNames } from "../../messages/shown.ts";
import { namesByStep, STEP_FOLDER_FORMS, stepFolders, stepInName } from "../step_folder.ts";
import type { HubEnvironment, HubName } from "./hub_environment.ts";
import { type CheckpointPlace, HubModel, type HubOptions } from "./hub_model.ts";

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
  const looked = `branches named ${BRANCH_FORMS} and found ${someNames(names)}`;
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
    `${source} has no training steps: looked for ${
      looked || ""
    }folders named ${STEP_FOLDER_FORMS} ` +
      `in ${label} and found ${found}`,
  );
}

/** How such branches are named, for messages. */
export const BRANCH_FORMS = "step1000, step1000-tokens4B or stage1-step1000-tokens3B";

/**
 * The training step that a branch's name tells, or `null` if it is of another form. Pythia's are `step<N>`, OLMo's
 * `step<N>-tokens<M>B`, those of OLMo 2 and 3 `stage1-step<N>` with or without the tokens. Later stages count their
 * steps from 0 again and fork into several runs, so that their names tell no step of the training as a whole.
 */
export function stepOfBranch(name: string): number | null {
  return stepInName(name, /^(?:stage1-)?step(\d+)(?:-tokens\d+(?:\.\d+)?B)?$/);
}

/**
 * The branches that hold a step, by step in ascending order.
 *
 * @param names Names of the model's branches.
 * @param source The model, for messages.
 * @throws {Error} if two branches tell the same step.
 */
export function stepBranches(names: readonly string[], source: string): Map<number, string> {
  return namesByStep(
    names,
    stepOfBranch,
    (step, one, other) =>
      `${source} has two branches for step ${step}, ${one} and ${other}; ` +
      `choose one by ${source}@${one} or ${source}@${other}`,
  );
}

/**
 * What a user should know of a model on the hub before comparing it with others, one sentence each.
 *
 * @param repository Owner and name.
 */
export function knownWarnings(repository: string): string[] {
  if (!/^EleutherAI\/pythia-(6\.9b|12b)(-|$)/.test(repository)) return [];
  return [
    `${repository} was initialised differently from the smaller Pythia models ` +
    "(EleutherAI/pythia, issue 135), and E is relative to the initial weights: " +
    "do not read its difference from theirs as an effect of size",
  ];
}
