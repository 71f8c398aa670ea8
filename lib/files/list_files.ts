/** All files in a folder. */

import { join } from "node:path";
import { reading, systemFault } from "./system_fault.ts";

/**
 * Paths of the files in a folder and the folders in it, relative to it, with `/` between folders and sorted;
 * none where there is no such folder. Temporary files that a stopped write left (`.<name>.partial`) are not listed.
 */
export async function listFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  const list = async (under: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(join(folder, under))) {
      if (isDirectory) await list(`${under}${name}/`);
      else if (!name.endsWith(".partial")) files.push(`${under}${name}`);
    }
  };
  try {
    await reading(folder, () => list(""));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort();
}

/**
 * What is done with a file or folder gives, or `null` where it is not there: `await ifThere(Deno.remove(path))` removes a
 * file or leaves it at that, `await ifThere(Deno.readTextFile(path))` is its text or `null`.
 */
export async function ifThere<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Remove the temporary files of some file, or of any, in a folder, if it is there; nobody may be writing in it. */
export async function removePartials(folder: string, name = ""): Promise<void> {
  for (const partial of await namesIn(folder)) {
    const isLeft = partial.startsWith(`.${name === "" ? "" : `${name}.`}`) &&
      partial.endsWith(".partial");
    if (isLeft) await Deno.remove(join(folder, partial)).catch(() => {});
  }
}

/** Whether there is a file or a folder at a path that can be looked at. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** The names of the files and folders in a folder, none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  const names = reading(folder, () => Array.fromAsync(Deno.readDir(folder), ({ name }) => name));
  return await ifThere(names) ?? [];
}

/** The entries of a folder, sorted by name; an error that says what to do where there is no such folder. */
export async function listFolder(path: string): Promise<Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(path));
    return entries.sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Error(`${path} does not exist; check the path`);
    }
    if (error instanceof Deno.errors.NotADirectory) {
      throw new Error(`${path} is no folder; pass the folder it is in`);
    }
    throw systemFault(error, path, "read");
  }
}
