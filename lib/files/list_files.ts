/** All files in a folder. */

import { join } from "node:path";
import { reading } from "./system_fault.ts";

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
