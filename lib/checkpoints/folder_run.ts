/** The checkpoints in a folder as the run of a model, wherever the folder is. */

import { someNames } from "../messages/shown.ts";
import type { CheckpointRun } from "./checkpoint.ts";
import { type EntryKind, type Folder, namesOf } from "./folder.ts";
import { fileCheckpoint, folderCheckpoint, namedCheckpoint } from "./folder_checkpoint.ts";
import { placeOfStep, STEP_FORMS, stepFolders, type StepReader } from "./step_names.ts";
import { hasWeights, stepFiles, WEIGHTS_ENDINGS, weightsStem } from "./weights_files.ts";

/** How the checkpoints of a folder are opened. */
export interface FolderRunOptions {
  /** The entry of files of `torch.save` that holds the weights; the only one that does unless given. */
  readonly weights?: string | undefined;
}

/** Open a folder of steps, a model named after it; one without steps that has weights is a run of one step. */
export async function folderRun(
  folder: Folder,
  options: FolderRunOptions,
  read?: StepReader,
): Promise<CheckpointRun> {
  const { source, name: model } = folder, { weights } = options;
  const names = await namesOf(folder);
  const { isFlat, steps } = stepPlaces(names, source, read);
  if (steps.size === 0) {
    if (read === undefined && hasWeights(names)) return await singleRun(folder, null, options);
    const looked = read === undefined
      ? `named ${STEP_FORMS}, and for files of weights (${WEIGHTS_ENDINGS.join(", ")})`
      : "or files whose names the pattern of steps matches";
    throw new Error(
      `${source} has no checkpoints: looked for folders ${looked}, and found ${someNames(names)}`,
    );
  }
  for (const name of steps.values()) await checkInside(folder, name, isFlat ? "file" : "folder");
  return {
    model,
    source,
    steps: [...steps.keys()],
    file: (name) => folder.find(name),
    checkpoint: async (step) => {
      const name = placeOfStep(steps, step, model), about = { model, step, weights };
      return isFlat
        ? await fileCheckpoint(folder, name, about)
        : await folderCheckpoint(folder.folder(name), about);
    },
  };
}

/** Those of the names in a run's folder that hold its steps: folders or, where there are none, files of weights. */
export function stepPlaces(
  names: readonly string[],
  source: string,
  read?: StepReader,
): { readonly isFlat: boolean; readonly steps: ReadonlyMap<number, string> } {
  const folders = stepFolders(names.filter((name) => weightsStem(name) === null), source, read);
  const isFlat = folders.size === 0;
  return { isFlat, steps: isFlat ? stepFiles(names, source, read) : folders };
}

async function checkInside(folder: Folder, name: string, kind: EntryKind) {
  if (await folder.kindOf(name, kind) === kind) return;
  throw new Error(
    `${folder.pathOf(name)} is named like a step but is no ${kind}; move it out of the run`,
  );
}

/** The step of a checkpoint whose name tells none: tables need one, and step 0 would mean untrained. */
const UNTOLD_STEP = 1;

/** Open the checkpoint in a folder, or in one file of it, as a run of one step. */
export async function singleRun(
  folder: Folder,
  file: string | null,
  { weights }: FolderRunOptions,
  read?: StepReader,
): Promise<CheckpointRun> {
  const opened = await namedCheckpoint(folder, file, weights), { model, source } = opened;
  const name = file ?? folder.name;
  const told = read === undefined ? opened.step : read(name)?.step;
  if (told === undefined) {
    throw new Error(`stepsPattern (--steps_pattern) does not match ${name}, of ${source}`);
  }
  const step = told ?? UNTOLD_STEP;
  const places = new Map([[step, { ...opened, step }]]);
  return {
    ...{ model, source, steps: [step] },
    ...told === null && {
      warnings: [
        `the name of ${source} tells no training step, so that it stands in tables as step ${step}; ` +
        "stepsPattern (--steps_pattern) can tell the step's place in it",
      ],
    },
    ...file === null && { file: (name: string) => folder.find(name) },
    checkpoint: (asked) => Promise.try(() => placeOfStep(places, asked, model)),
  };
}
