/** `files.json` beside the results: which notebook wrote which file. */

import { join } from "node:path";
import { isPlainName } from "../../lib/files/plain_name.ts";
import { parseJson } from "../../lib/files/parse_json.ts";
import { NotebookError } from "./notebook.ts";
import { readText } from "../../lib/files/read_file.ts";

/** Paths under the folder of results by the notebook that wrote them. */
export type ResultFiles = Readonly<Record<string, readonly string[]>>;

/** Name of the file in the folder of results. */
export const RESULT_FILES_NAME = "files.json";

/**
 * Reads the list of a folder of results; empty where it has none.
 *
 * @throws {NotebookError} If it is not such a list, or a path leads out of the folder: files on it that no
 * notebook writes any more are removed.
 */
export async function readResultFiles(results: string): Promise<ResultFiles> {
  const path = join(results, RESULT_FILES_NAME);
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
  const stored = parse(text);
  if (!isResultFiles(stored)) {
    throw new NotebookError(
      `${path} does not say which notebook wrote which file: remove it and run all notebooks`,
    );
  }
  return stored;
}

/** The text of the list, names and paths sorted. */
export function formatResultFiles(files: ResultFiles): string {
  const sorted = Object.keys(files).sort().map((name) => [name, [...files[name]!].sort()]);
  return JSON.stringify(Object.fromEntries(sorted), null, 1) + "\n";
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function isResultFiles(stored: unknown): stored is ResultFiles {
  if (typeof stored !== "object" || stored === null || Array.isArray(stored)) return false;
  return Object.values(stored).every((paths) => Array.isArray(paths) && paths.every(isResultPath));
}

/** Whether something is the path of a file under the folder of results, on any system. */
export function isResultPath(path: unknown): boolean {
  return typeof path === "string" &&
    path.split("/").every((part) => isPlainName(part) && !part.includes(":"));
}
