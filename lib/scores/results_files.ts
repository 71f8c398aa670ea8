/** Results files of lm-evaluation-harness on disk. */

import { basename, join, resolve } from "node:path";
import { listFolder } from "../files/list_files.ts";
import { stepOfFolder } from "../checkpoints/step_names.ts";
import { readText } from "../files/read_file.ts";
import { reading } from "../files/system_fault.ts";

/** Longest results file that is read, in bytes; one with every task of the harness has a few million. */
export const MAXIMUM_RESULTS_BYTES = 16_000_000;

/** How results files are named, for messages. */
export const RESULTS_FILE_FORMS = "results_<date>.json or <name>_step<N>.json";

/** How deep they are looked for; the harness itself writes `<output>/<model>/results_<date>.json`. */
const MAXIMUM_DEPTH = 6;

/** A results file, and what its place tells. */
export interface ResultsFile {
  readonly path: string;
  /** The step that its name or else the nearest folder around it tells, or `null`. */
  readonly step: number | null;
  /** When it was written, as its name tells, or empty. */
  readonly date: string;
}

/** The results files in a folder and the folders in it, from the earliest to the latest, those without a date first. */
export async function resultsFiles(folder: string): Promise<ResultsFile[]> {
  const files = await filesIn(folder, stepOfFolder(basename(resolve(folder))), MAXIMUM_DEPTH);
  return files.sort((a, b) => a.date < b.date ? -1 : a.date > b.date ? 1 : 0);
}

async function filesIn(folder: string, step: number | null, depth: number): Promise<ResultsFile[]> {
  const files: ResultsFile[] = [];
  for (const { name, isDirectory } of await listFolder(folder)) {
    const path = join(folder, name);
    const { date = "", ...named } = FILE_NAME.exec(name)?.groups ?? {};
    if (isDirectory) {
      if (depth > 0) files.push(...await filesIn(path, stepOfFolder(name) ?? step, depth - 1));
    } else if (named.step !== undefined) files.push({ path, step: Number(named.step), date });
    else if (named.results !== undefined) files.push({ path, step, date });
  }
  return files;
}

const FILE_NAME =
  /^(?:(?<results>results(?:_.*?)??)|(?:.*[-_])?(?:step[-_]?|checkpoint-)(?<step>\d{1,15}))(?:_(?<date>\d{4}-\d\d-\d\dT[\d.-]+))?\.json$/;

/** The text of a results file, or `null` where there is none. */
export async function readResultsFile(path: string): Promise<string | null> {
  try {
    const { isFile, size } = await reading(path, () => Deno.stat(path));
    if (!isFile) throw new Error(`${path} is no file`);
    if (size > MAXIMUM_RESULTS_BYTES) {
      throw new Error(
        `${path} has ${size} bytes, more than any results file (${MAXIMUM_RESULTS_BYTES})`,
      );
    }
    return await readText(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
