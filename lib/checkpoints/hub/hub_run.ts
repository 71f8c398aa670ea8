/** A model on the hub whose branches or folders are its training steps. */

import { printable, someNames } from "../../messages/shown.ts";
import type { Checkpoint, CheckpointRun } from "../checkpoint.ts";
import { publishedStepsOf } from "../choose_steps.ts";
import {
  BRANCH_FORMS,
  placeOfStep,
  STEP_FORMS,
  stepBranches,
  stepFolders,
  stepOfName,
  type StepReader,
} from "../step_names.ts";
import { stepFiles } from "../weights_files.ts";
import type { HubName } from "./hub_name.ts";
import { type CheckpointPlace, HubModel, type HubOptions } from "./hub_model.ts";
import type { HubAccess } from "./hub_store.ts";

/**
 * Open the run of a model on the hub. Its steps are the branches that are named after one, else the folders
 * or files of the main branch that are; those of a given revision the step that it is named after, else the folders or
 * files in it.
 */
export async function openHubRun(
  name: HubName,
  access: HubAccess,
  options: HubOptions = {},
  read?: StepReader,
): Promise<CheckpointRun> {
  const { repository } = name;
  const hub = new HubModel(repository, access, options);
  const { commits } = options;
  const places = new Map(
    [...await findSteps(hub, name, read)].map(([step, place]) => (
      [step, { ...place, commit: commits?.get(step) ?? place.commit }] as const
    )),
  );
  const model = modelName(name, read);
  const steps = [...places.keys()], usualSteps = publishedStepsOf(steps);
  const placeOf = (step: number) => placeOfStep(places, step, model);
  return {
    model,
    source: sourceOf(name),
    steps,
    ...usualSteps && { usualSteps },
    warnings: knownWarnings(repository),
    commitOf: (step) => placeOf(step).commit,
    // A step without weights has nothing to compare; opening it says why.
    listedDigests: async (step) =>
      await hub.whyNoWeights(placeOf(step)) === null ? await hub.digests(placeOf(step)) : [],
    async checkpoint(step) {
      const place = placeOf(step), cause = await hub.whyNoWeights(place);
      if (cause === null) return await hub.checkpoint(place, model, step);
      const others = await Array.fromAsync(
        places,
        async ([other, place]) => await hub.whyNoWeights(place) === null ? [other] : [],
      );
      const steps = others.flat().join(",");
      const rest = steps && `; the steps with weights are --steps ${steps}`;
      throw new Error(`step ${step} of ${model} has no weights: ${cause.message}${rest}`, {
        cause,
      });
    },
  };
}

/** Open one revision of a model on the hub, `main` unless given, as a checkpoint of the step that its name tells. */
export async function openHubRevision(
  name: HubName,
  access: HubAccess,
  options: HubOptions = {},
): Promise<Checkpoint> {
  const hub = new HubModel(name.repository, access, options);
  const label = name.revision ?? "main";
  const commit = await hub.listing.commit(label);
  return await hub.checkpoint({ commit, folder: "", label }, modelName(name), stepOfName(label));
}

function sourceOf({ repository, revision }: HubName): string {
  return `hf:${repository}${revision === null ? "" : `@${revision}`}`;
}

/** A revision that is named after a step is of the same model as the others; any other is a model of its own. */
function modelName({ repository, revision }: HubName, read?: StepReader): string {
  const name = repository.split("/").at(-1)!;
  if (revision === null || stepOf(revision, read) !== null) return name;
  return `${name}@${revision.replaceAll("/", "-")}`;
}

function stepOf(name: string, read?: StepReader): number | null {
  return read === undefined ? stepOfName(name) : read(name)?.step ?? null;
}

async function findSteps(
  hub: HubModel,
  name: HubName,
  read: StepReader | undefined,
): Promise<Map<number, CheckpointPlace>> {
  const { revision } = name, source = sourceOf(name);
  if (revision !== null) {
    const commit = await hub.listing.commit(revision);
    const step = stepOf(revision, read);
    if (step === null) return await stepsInside(hub, commit, revision, source, read);
    return new Map([[step, { commit, folder: "", label: revision }]]);
  }
  const branches = new Map(
    (await hub.listing.branches()).map(({ name, commit }) => [name, commit]),
  );
  const names = [...branches.keys()];
  const steps = stepBranches(names, source, read);
  if (steps.size > 0) {
    const placeOf = (label: string) => ({ commit: branches.get(label)!, folder: "", label });
    return new Map([...steps].map(([step, label]) => [step, placeOf(label)]));
  }
  const looked = `branches named ${BRANCH_FORMS} and found ${someNames(names)}`;
  const commit = branches.get("main");
  if (commit === undefined) throw new Error(`${source} has no steps: looked for ${looked}`);
  return await stepsInside(hub, commit, "main", source, read, `${looked}; for `);
}

async function stepsInside(
  hub: HubModel,
  commit: string,
  label: string,
  source: string,
  read: StepReader | undefined,
  looked = "",
): Promise<Map<number, CheckpointPlace>> {
  const paths = (await hub.listing.files(commit)).map(({ path }) => path.split("/"));
  const namesOf = (some: string[][]) => [...new Set(some.map(([name]) => name!))];
  const placesOf = (folders: ReadonlyMap<number, string>, parent = "") =>
    new Map([...folders].map(([step, name]) => {
      const folder = `${parent}${name}`;
      return [step, { commit, folder: `${folder}/`, label: `${label}/${folder}` }];
    }));
  const folders = stepFolders(namesOf(paths.filter(({ length }) => length > 1)), source, read);
  if (folders.size > 0) return placesOf(folders);
  const files = stepFiles(paths.flatMap((path) => path.length === 1 ? path : []), source, read);
  if (files.size > 0) {
    return new Map([...files].map(([step, file]) => {
      return [step, { commit, folder: "", label, file }];
    }));
  }
  const [deeper] = deeperSteps(paths, source, read);
  if (deeper !== undefined) return placesOf(deeper.folders, deeper.parent);
  throw new Error(
    `${source} has no training steps: looked for ${looked}folders or files named ${STEP_FORMS} ` +
      `in ${label} and found ${someNames(namesOf(paths))}`,
  );
}

/** Deepest folders that are looked for steps. */
const MOST_LEVELS = 4;

/** The step folders within one other, such as `checkpoints/step1000`, none or one of them. */
function deeperSteps(
  paths: readonly string[][],
  source: string,
  read: StepReader | undefined,
): readonly { readonly parent: string; readonly folders: ReadonlyMap<number, string> }[] {
  const inside = new Map<string, Set<string>>();
  for (const path of paths) {
    for (let level = 1; level < Math.min(path.length - 1, MOST_LEVELS); level++) {
      const parent = `${path.slice(0, level).join("/")}/`;
      inside.set(parent, (inside.get(parent) ?? new Set()).add(path[level]!));
    }
  }
  const found = [...inside].flatMap(([parent, names]) => {
    // A pattern may say the whole path, to choose one of several series.
    const reader: StepReader | undefined = read &&
      ((name) => read(name) ?? read(`${parent}${name}`));
    const folders = stepFolders([...names], `${source} in ${parent}`, reader);
    return folders.size > 0 ? [{ parent, folders }] : [];
  });
  if (found.length <= 1) return found;
  const [one] = found, [first] = one!.folders.values();
  throw new Error(
    `${source} has steps in ${found.length} folders: ${
      someNames(found.map(({ parent }) => parent))
    }; choose those of one by a ` +
      `regular expression for their paths, such as stepsPattern ${
        printable(`${one!.parent}${first!.replace(/\d+(?!.*\d)/, "(\\d+)")}`)
      } (--steps_pattern)`,
  );
}

/** What a user should know of a model on the hub before comparing it with others, one sentence each. */
function knownWarnings(repository: string): string[] {
  if (!/^EleutherAI\/pythia-(6\.9b|12b)(-|$)/.test(repository)) return [];
  return [
    `${repository} was initialised differently from the smaller Pythia models ` +
    "(EleutherAI/pythia, issue 135), and E is relative to the initial weights: " +
    "do not read its difference from theirs as an effect of size",
  ];
}
