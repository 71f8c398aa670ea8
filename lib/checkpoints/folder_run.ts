/** A folder whose subfolders are the checkpoints of one model. */

import { basename, join, relative, resolve } from "node:path";
import type { CheckpointRun } from "./checkpoint.ts";
import { listFolder, openFolderCheckpoint } from "./folder_checkpoint.ts";
import { openSingleRun } from "./open_checkpoint.ts";
import { weightsFiles } from "./open_weights.ts";
import { someNames } from "../messages/shown.ts";
import { STEP_FOLDER_FORMS, stepFolders } from "./step_folder.ts";
import { reading } from "../files/system_fault.ts";

/**
 * Open a run whose checkpoints are in subfolders such as `step1000` or `checkpoint-1000`; the model is
 * named after the folder. A folder without such subfolders that has weights is a run of one step.
 *
 * @throws {Error} if the folder has no step, has one twice, or has one that leads out of it.
 */
export async function openFolderRun(folder: string): Promise<CheckpointRun> {
  const source = resolve(folder);
  const names = (await listFolder(source)).map((entry) => entry.name);
  const folders = stepFolders(names, source);
  if (folders.size === 0) {
    if (weightsFiles.some((file) => names.includes(file))) return await openSingleRun(source);
    throw new Error(
      `${source} has no checkpoints: looked for folders named ${STEP_FOLDER_FORMS}, and for ` +
        `${weightsFiles.join(", ")}, and found ${someNames(names)}`,
    );
  }
  for (const name of folders.values()) await checkInside(source, name);
  const model = basename(source);
  const steps = [...folders.keys()];
  return {
    model,
    source,
    steps,
    async checkpoint(step) {
      const name = folders.get(step);
      if (name !== undefined) return await openFolderCheckpoint(join(source, name), model, step);
      throw new Error(
        `checkpoint step ${step} of ${model} is not there; steps: ${steps.join(", ")}`,
      );
    },
  };
}

/** A link out of the run would mix in weights from elsewhere under this run's name. */
async function checkInside(source: string, name: string) {
  const path = join(source, name);
  const target = await reading(path, () => Deno.realPath(path)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) throw new Error(`${path} is a link to nothing`);
    throw error;
  });
  if (relative(await Deno.realPath(source), target).split(/[\\/]/)[0] === "..") {
    throw new Error(`${path} leads out of the run, to ${target}; copy that folder into the run`);
  }
  if (!(await Deno.stat(target)).isDirectory) {
    throw new Error(`${path} is named like a step but is no folder; move it out of the run`);
  }
}
