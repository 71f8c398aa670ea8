/** What lies in the folder of a training at one moment. */

import { join } from "node:path";
import { stepPlaces } from "../../checkpoints/folder_run.ts";
import { isStaged, type StepReader } from "../../checkpoints/step_names.ts";
import { listFiles } from "../../files/list_files.ts";
import { reading } from "../../files/system_fault.ts";

/** One look at the folder of a training. */
export interface Look {
  /** For each step that has a place there, complete or not, what its files are. */
  readonly files: ReadonlyMap<number, string>;
  /** Names of what a trainer is still writing under a name of its own. */
  readonly staged: readonly string[];
}

/**
 * Look at the folder of a training.
 *
 * What the files of a step are is told by their names, sizes and times. It is only ever compared with what it was before,
 * never with a clock: the machine that writes may have another time.
 *
 * @throws {Error} If the folder cannot be read; with the cause `Deno.errors.NotFound` if it is not there.
 */
export async function lookAt(folder: string, read?: StepReader): Promise<Look> {
  const names = await reading(
    folder,
    () => Array.fromAsync(Deno.readDir(folder), ({ name }) => name),
  );
  const { steps } = stepPlaces(names.sort(), folder, read);
  const files = new Map<number, string>();
  for (const [step, name] of steps) files.set(step, await filesOf(join(folder, name)));
  return { files, staged: names.filter(isStaged) };
}

/** Names, sizes and times of the files at a place, also that of a change of their times; what vanishes meanwhile has none. */
async function filesOf(place: string): Promise<string> {
  const stat = await Deno.stat(place).catch(() => null);
  if (stat === null) return "";
  const names = stat.isDirectory ? await listFiles(place).catch(() => []) : [""];
  const lines = await Promise.all(names.map(async (name) => {
    const file = await Deno.stat(join(place, name)).catch(() => null);
    const times = [file?.mtime, file?.ctime].map((time) => time?.getTime());
    return `${name} ${file?.size} ${times.join(" ")} ${file?.ino}`;
  }));
  return lines.join("\n");
}
