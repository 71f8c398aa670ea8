/** From what notebooks wrote to the folder of results as it should be. */

import { join, relative, resolve } from "node:path";
import { exists } from "../../lib/files/list_files.ts";
import { sameBytes } from "../../lib/files/same_bytes.ts";
import { galleryFigures, galleryHtml, notebookSummary } from "./gallery.ts";
import { NotebookError } from "./notebook.ts";
import type { NotebookResults, StoredNotebook } from "./notebook_results.ts";
import {
  formatResultFiles,
  isResultPath,
  readResultFiles,
  RESULT_FILES_NAME,
} from "./result_files.ts";

/** What is written for all notebooks; a file of one of them under such a name is left out. */
export const COMMON_FILES: readonly string[] = [RESULT_FILES_NAME, "index.html"];

/** Files of a folder of results. */
export interface AssembledResults {
  /** Bytes of each file that should be there, by path under the folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Files that were written by one of these notebooks, or by one that is no more, and are written no more. */
  readonly gone: readonly string[];
}

/**
 * Puts together the files of notebooks that were run, the list of all notebooks' files and the gallery.
 *
 * @param ran The notebooks that were run.
 * @param all All notebooks there are, in order; those that were not run keep the files they have in `out`.
 * @param out The folder of results, which is read and left as it is.
 * @throws {NotebookError} If two notebooks wrote different files under one path, or one under a name with a colon.
 */
export async function assembleResults(
  ran: readonly NotebookResults[],
  all: readonly StoredNotebook[],
  out: string,
): Promise<AssembledResults> {
  const files = mergeFiles(ran);
  const former = await readResultFiles(out);
  const owned: Record<string, readonly string[]> = {};
  for (const { name } of all) {
    const own = ran.find((results) => results.name === name)?.files.keys();
    const paths = (own ? [...own] : await thereStill(former[name] ?? [], out))
      .filter((path) => !COMMON_FILES.includes(path));
    if (paths.length > 0) owned[name] = paths.sort();
  }
  const kept = new Set(Object.values(owned).flat());
  const gone = await thereStill(
    Object.values(former).flat().filter((path) => !kept.has(path) && !COMMON_FILES.includes(path)),
    out,
  );

  const read = async (path: string) => files.get(path) ?? await Deno.readFile(join(out, path));
  const shown = all.filter(({ name }) => name in owned);
  const sections = await Promise.all(shown.map(async ({ name, path, notebook }) => ({
    name,
    ...notebookSummary(notebook),
    source: relative(resolve(out), resolve(path)).replaceAll("\\", "/"),
    tables: owned[name]!.filter((path) => path.endsWith(".csv")),
    figures: await galleryFigures(name, owned[name]!, read),
  })));
  const texts: Record<typeof COMMON_FILES[number], string> = {
    [RESULT_FILES_NAME]: formatResultFiles(owned),
    "index.html": galleryHtml(sections),
  };
  for (const [path, text] of Object.entries(texts)) files.set(path, new TextEncoder().encode(text));
  return { files, gone: [...new Set(gone)].sort() };
}

function mergeFiles(ran: readonly NotebookResults[]): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const writers = new Map<string, string>();
  for (const { name, files: own } of ran) {
    for (const [path, bytes] of own) {
      if (!isResultPath(path)) {
        throw new NotebookError(
          `${name} writes ${JSON.stringify(path)}, which is no file name everywhere: rename it`,
        );
      }
      const before = files.get(path);
      if (before !== undefined && !sameBytes(before, bytes)) {
        throw new NotebookError(
          `${writers.get(path)} and ${name} both write ${path}, and not the same: rename one`,
        );
      }
      files.set(path, bytes);
      writers.set(path, name);
    }
  }
  return files;
}

async function thereStill(paths: readonly string[], out: string): Promise<string[]> {
  const there = await Promise.all(paths.map((path) => exists(join(out, path))));
  return paths.filter((_, i) => there[i]);
}
