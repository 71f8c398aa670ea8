/** Putting new results in the place of former ones. */

import { dirname, join } from "node:path";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import type { AssembledResults } from "./assemble_results.ts";
import { NotebookError } from "./notebook.ts";
import type { StoredNotebook } from "./notebook_results.ts";

/**
 * Writes all files, whose places {@linkcode checkPlaces} has found free, beside the folder's own, then renames them into their places and removes those that are gone.
 * A stop before the first rename leaves the folder as it was.
 *
 * @param results What the folder is to hold.
 * @param out The folder; it is made if need be.
 * @param signal Stops it, unless renaming has begun, which takes no time that anybody notices.
 */
export async function replaceResults(
  { files, gone }: AssembledResults,
  out: string,
  signal: AbortSignal,
): Promise<void> {
  const staged = join(out, `.${crypto.randomUUID()}.partial`);
  try {
    for (const [path, bytes] of files) {
      signal.throwIfAborted();
      await writeWholeFile(join(staged, path), bytes);
    }
    signal.throwIfAborted();
    for (const path of files.keys()) {
      await Deno.mkdir(dirname(join(out, path)), { recursive: true });
      await Deno.rename(join(staged, path), join(out, path));
    }
    for (const path of gone) await Deno.remove(join(out, path));
  } finally {
    await Deno.remove(staged, { recursive: true }).catch(() => {});
  }
}

/**
 * Checks that files have places in a folder: what is there in their way is said before anything is written.
 *
 * @param out The folder; it need not be there.
 * @param paths Paths of the files under it.
 * @throws {NotebookError} If a folder is where a file goes, or a file where its folder goes.
 */
export async function checkPlaces(out: string, paths: Iterable<string>): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths) {
    const place = join(out, path);
    if ((await stat(place))?.isDirectory) {
      throw new NotebookError(
        `${place} is a folder, but a file of the results goes there: move it`,
      );
    }
    for (let part = dirname(path); part !== "."; part = dirname(part)) folders.add(part);
  }
  for (const folder of folders) {
    const place = join(out, folder);
    if ((await stat(place))?.isDirectory === false) {
      throw new NotebookError(
        `${place} is a file, but a folder of the results goes there: move it`,
      );
    }
  }
}

/**
 * Checks that executed notebooks do not take the place of the notebooks themselves.
 *
 * @param out The folder of results.
 * @param notebooks The notebooks.
 * @throws {NotebookError} If one would.
 */
export async function keepSources(
  out: string,
  notebooks: readonly StoredNotebook[],
): Promise<void> {
  for (const { name, path } of notebooks) {
    const place = join(out, "notebooks", `${name}.ipynb`);
    const found = await Deno.realPath(place).catch(() => null);
    if (found === null || found !== await Deno.realPath(path)) continue;
    throw new NotebookError(
      `The executed notebook would take the place of ${place} itself: choose another folder with --out`,
    );
  }
}

async function stat(path: string): Promise<Deno.FileInfo | null> {
  return await Deno.stat(path).catch(() => null);
}
