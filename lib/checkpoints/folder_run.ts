/** A folder whose subfolders are the checkpoints of one model. */

import { basename, dirname, join, relative, resolve } from "node:path";
import type { CheckpointRun } from "./checkpoint.ts";
import { configFile, openFolderCheckpoint, weightsFile } from "./folder_checkpoint.ts";
import { listFolder } from "./list_folder.ts";
import { someNames } from "./some_names.ts";
import { stepFolderForms, stepFolders, stepOfFolder } from "./step_folder.ts";

/**
 * Open a run whose checkpoints are in subfolders such as `step1000` or `checkpoint-1000`; the model is
 * named after the folder.
 *
 * @throws {Error} if the folder has no step, has one twice, or has one that leads out of it.
 */
export async function openFolderRun(folder: string): Promise<CheckpointRun> {
  const source = resolve(folder);
  const names = (await listFolder(source)).map((entry) => entry.name);
  const folders = stepFolders(names, source);
  if (folders.size === 0) throw new Error(whyNoRun(source, names));
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

function whyNoRun(source: string, names: readonly string[]): string {
  if (names.includes(weightsFile) || names.includes(configFile)) {
    const advice = stepOfFolder(basename(source)) === null
      ? "put each step's checkpoint into a folder step<N> of one folder and pass that"
      : `pass ${dirname(source)}`;
    return `${source} is a single checkpoint (${someNames(names)}), but E compares steps with ` +
      `step 0 and needs a folder of steps; ${advice}`;
  }
  return `${source} has no checkpoints: looked for folders named ${stepFolderForms} ` +
    `and found ${someNames(names)}`;
}

/** A link out of the run would mix in weights from elsewhere under this run's name. */
async function checkInside(source: string, name: string) {
  const path = join(source, name);
  const target = await Deno.realPath(path).catch((error) => {
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
