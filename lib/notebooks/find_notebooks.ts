/** Which notebooks there are to run. */

import { basename, join } from "node:path";
import { closest } from "fastest-levenshtein";
import { systemFault } from "../files/system_fault.ts";
import { NotebookError } from "./notebook.ts";

/**
 * Paths of the `.ipynb` files in a folder, by name, or of those that are asked for.
 *
 * @param folder The folder; folders in it are not searched.
 * @param only Names of notebooks, with or without their number and `.ipynb`: `first_look` is `01_first_look`.
 * @throws {NotebookError} If there is none, or none of a name asked for.
 */
export async function findNotebooks(folder: string, only?: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (!isDirectory && name.endsWith(".ipynb")) names.push(basename(name, ".ipynb"));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw systemFault(error, folder, "read");
  }
  if (names.length === 0) throw new NotebookError(`${folder} holds no notebook (*.ipynb) to run.`);
  names.sort();
  const wanted = only?.map((given) => {
    const name = basename(given, ".ipynb");
    const found = names.find((one) => one === name || one.replace(/^\d+_/, "") === name);
    if (found !== undefined) return found;
    throw new NotebookError(
      `${folder} holds no notebook "${name}": did you mean ${closest(name, names)}?`,
    );
  });
  const found = wanted === undefined ? names : names.filter((name) => wanted.includes(name));
  return found.map((name) => join(folder, `${name}.ipynb`));
}
