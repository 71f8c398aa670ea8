/** Results files of lm-evaluation-harness on disk. */

import { basename, join, resolve } from "node:path";
import { listFolder } from "../files/list_files.ts";
import { namedStep, type StepReader } from "../checkpoints/step_names.ts";
import { readText } from "../files/read_file.ts";
import { reading } from "../files/system_fault.ts";

/** Longest results file that is read, in bytes; one with every task of the harness has a few million. */
export const MAXIMUM_RESULTS_BYTES = 16_000_000;

/** How results files are named, for messages. */
export const RESULTS_FILE_FORMS =
  "results_<date>.json, <name>_step<N>.json or <name>_eval_results_<date>.json";

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

/**
 * The results files in a folder and the folders in it, from the earliest to the latest, those
 * without a date first.
 *
 * @param own What tells the steps of names in a way of their own; where it tells none at all, the
 * usual rule counts.
 */
export async function resultsFiles(folder: string, own?: StepReader): Promise<ResultsFile[]> {
  const list = async (read: StepReader) => {
    const step = read(basename(resolve(folder)))?.step ?? null;
    return await filesIn(folder, step, read, MAXIMUM_DEPTH);
  };
  const named = own ? await list(own) : [];
  const files = named.some(({ step }) => step !== null) ? named : await list(namedStep);
  return files.sort((a, b) => a.date < b.date ? -1 : a.date > b.date ? 1 : 0);
}

async function filesIn(
  folder: string,
  step: number | null,
  read: StepReader,
  depth: number,
): Promise<ResultsFile[]> {
  const files: ResultsFile[] = [];
  for (const { name, isDirectory } of await listFolder(folder)) {
    const path = join(folder, name);
    if (isDirectory) {
      const own = read(name)?.step ?? step;
      if (depth > 0) files.push(...await filesIn(path, own, read, depth - 1));
      continue;
    }
    const file = nameOfFile(name);
    if (file === null) continue;
    const { stem, date, isResults } = file;
    // A pattern may be of the name with its ending or without.
    const own = (read(stem) ?? read(name))?.step ?? null;
    if (own !== null) files.push({ path, date, step: own });
    else if (isResults) files.push({ path, date, step });
  }
  return files;
}

/** A name without its ending, and the date behind it; the harness once wrote times with colons. */
const FILE_NAME = /^(?<stem>.+?)(?:_(?<date>\d{4}-\d\d-\d\dT[\d.:-]+))?\.json$/;
/** A file that GPT-NeoX wrote, which runs the harness itself: its date begins with the month. */
const NEOX_NAME =
  /^(?:(?<stem>.+)_)?eval_results_(?<day>\d\d-\d\d)-(?<year>\d{4})-(?<time>\d\d-\d\d-\d\d)\.json$/;

/** What may tell the step in the name of a file, its date, and whether it is named as results are; `null` of another kind. */
function nameOfFile(
  name: string,
): { readonly stem: string; readonly date: string; readonly isResults: boolean } | null {
  const neox = NEOX_NAME.exec(name)?.groups;
  if (neox !== undefined) {
    const { stem = "", day, year, time } = neox;
    return { stem, date: `${year}-${day}T${time}`, isResults: true };
  }
  const { stem, date = "" } = FILE_NAME.exec(name)?.groups ?? {};
  if (stem === undefined) return null;
  return { stem, date: date.replaceAll(":", "-"), isResults: /^results(_|$)/.test(stem) };
}

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
