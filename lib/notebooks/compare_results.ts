/** Whether a folder of results is what the notebooks write. */

import { join } from "node:path";
import { exists } from "../files/exists.ts";
import { listFiles } from "../files/list_files.ts";
import { type AssembledResults, sameBytes } from "./assemble_results.ts";

/** Paths under the folder of results that are not as they should be, sorted. */
export interface ResultsDifference {
  /** There, but other bytes. */
  readonly different: readonly string[];
  /** Written by a notebook, but not there. */
  readonly missing: readonly string[];
  /** There, but written by no notebook. */
  readonly extra: readonly string[];
}

/**
 * Compares a folder with what was recomputed, byte for byte.
 *
 * @param assembled What should be there.
 * @param out The folder; it is only read.
 * @param all Whether all notebooks were run, so that whatever else is in the folder is extra.
 */
export async function compareResults(
  { files, gone }: AssembledResults,
  out: string,
  all: boolean,
): Promise<ResultsDifference> {
  const different: string[] = [];
  const missing: string[] = [];
  for (const [path, bytes] of files) {
    if (!await exists(join(out, path))) missing.push(path);
    else if (!sameBytes(await Deno.readFile(join(out, path)), bytes)) different.push(path);
  }
  const others = all ? await listFiles(out) : gone;
  const extra = others.filter((path) => !files.has(path));
  return { different: different.sort(), missing: missing.sort(), extra };
}
