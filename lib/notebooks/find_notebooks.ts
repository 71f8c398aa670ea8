/** Which notebooks there are to run. */

import { basename, join } from "node:path";
import { closest } from "fastest-levenshtein";
import { NotebookError } from "./notebook.ts";

/**
 * Paths of the `.ipynb` files in a folder, by name, or of the one that is asked for.
 *
 * @param folder The folder; folders in it are not searched.
 * @param only Name of one notebook, with or without `.ipynb`.
 * @throws {NotebookError} If there is none, or none of the name asked for.
 */
export async function findNotebooks(folder: string, only?: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (!isDirectory && name.endsWith(".ipynb")) names.push(basename(name, ".ipynb"));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  if (names.length === 0) throw new NotebookError(`${folder} holds no notebook (*.ipynb) to run.`);
  names.sort();
  const wanted = only === undefined ? undefined : basename(only, ".ipynb");
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new NotebookError(
      `${folder} holds no notebook "${wanted}": did you mean ${closest(wanted, names)}?`,
    );
  }
  return (wanted === undefined ? names : [wanted]).map((name) => join(folder, `${name}.ipynb`));
}
