/** Scores from a folder: a copy of EleutherAI/pythia, or any results files of lm-evaluation-harness. */

import { join } from "node:path";
import { ifThere, listFolder } from "../files/list_files.ts";
import { shownName, someNames } from "../messages/shown.ts";
import { type StepReader, stepReader } from "../checkpoints/step_names.ts";
import type { Evals, FileScore } from "./harness_score.ts";
import { checkFiled, type HarnessResults, parseHarnessResults } from "./harness_results.ts";
import {
  fiveShotFolder,
  publishedName,
  publishedSteps,
  PYTHIA_EVALS,
  zeroShotFolder,
} from "./pythia_evals.ts";
import { readResultsFile, RESULTS_FILE_FORMS, resultsFiles } from "./results_files.ts";
import { namedSeries, seriesKey } from "./score_series.ts";
import { reading } from "../files/system_fault.ts";

/** Which scores are read, and how their files name steps. */
export interface FolderEvalsOptions {
  /**
   * The number of examples in the prompt; all unless given, and zero in a copy of
   * EleutherAI/pythia.
   */
  readonly shots?: number | undefined;
  /** A regular expression for names that tell steps in a way of their own. */
  readonly stepsPattern?: string | undefined;
}

/**
 * Read the scores of a model from a folder.
 *
 * Where the folder holds `evals/pythia-v1`, that is what is read. Otherwise its results files are, at any depth: the
 * step of each is told by its name, by a folder around it or by the revision that it records. Files may share a step;
 * of a metric measured twice in the same way the one with the later date counts, that of its name
 * or else the one that the file records; measured in different ways it is several series. A file
 * that tells no step, such as that of a main branch, is left out where others tell theirs.
 */
export async function readFolderEvals(
  model: string,
  source: string,
  asked?: readonly number[],
  { shots, stepsPattern }: FolderEvalsOptions = {},
): Promise<Evals> {
  const place = { model, asked, shots, ...stepsPattern && { read: stepReader(stepsPattern) } };
  await listFolder(source);
  return await isFolder(join(source, PYTHIA_EVALS))
    ? await readCopy(source, place)
    : await readResults(source, place);
}

/** Whose scores are wanted, and how the steps of files are told. */
interface Wanted {
  readonly model: string;
  readonly asked: readonly number[] | undefined;
  readonly shots: number | undefined;
  readonly read?: StepReader;
}

async function readCopy(source: string, wanted: Wanted): Promise<Evals> {
  const { model, shots = 0 } = wanted;
  const own = shots === 0 ? zeroShotFolder(model) : shots === 5 ? fiveShotFolder(model) : null;
  const folder = own && join(source, own);
  if (folder && await isFolder(folder)) {
    return await readResults(folder, wanted, shots === 0 ? "zero-shot" : "five-shot");
  }
  const kind = shots === 0 ? "" : `${shots}-shot `;
  const reason = `no published ${kind}scores for ${model} in ${source}`;
  return { scores: new Map(), steps: publishedSteps, whyAbsent: () => reason, warnings: [] };
}

/** A results file that is of the model. */
interface ReadFile {
  readonly path: string;
  readonly step: number | null;
  readonly date: string;
  readonly results: HarnessResults;
}

async function readResults(
  source: string,
  wanted: Wanted,
  published?: "zero-shot" | "five-shot",
): Promise<Evals> {
  const { model, asked, shots } = wanted;
  const files = await resultsFiles(source, wanted.read);
  if (files.length === 0) throw new Error(`${source} has no files named ${RESULTS_FILE_FORMS}`);
  const read: ReadFile[] = [];
  const others = new Set<string>();
  for (const { path, date, ...place } of files) {
    if (asked && place.step !== null && !asked.includes(place.step)) continue;
    const text = await readResultsFile(path);
    if (text === null) throw new Error(`${path} is a link to nothing`);
    const results = parseHarnessResults(text, path, wanted.read);
    // In the repository the folder tells the model; the files record names from before its publication.
    if (!published && results.model !== null && !isOf(results.model, model)) {
      others.add(results.model);
      continue;
    }
    read.push({ path, step: place.step ?? results.step, date: date || results.date, results });
  }
  read.sort((a, b) => a.date < b.date ? -1 : a.date > b.date ? 1 : 0);
  const { found, passedOver } = scoresOfFiles(read, published === "zero-shot");
  if (found.size === 0 && others.size > 0) {
    const names = someNames([...others]);
    throw new Error(`${source} has scores of ${names}, none of ${model}; pass one of these names`);
  }
  // What is filed as zero-shot was checked, and the oldest files do not record it.
  const { scores, warnings } = namedSeries(found, published === "zero-shot" ? undefined : shots);
  return {
    scores,
    steps: [...scores.keys()].sort((a, b) => a - b),
    whyAbsent: (step) => `no scores for ${model} at step ${step} in ${source}`,
    warnings: [...passedOver, ...warnings],
  };
}

/**
 * The scores of each step, of which a later file replaces those of an earlier one, and what is said
 * of files without a step.
 */
function scoresOfFiles(read: readonly ReadFile[], zeroShot: boolean) {
  const scores = new Map<number, Map<string, FileScore>>();
  const dates = new Map<string | null, string>();
  const isNamed = read.some(({ step }) => step !== null);
  for (const { path, step, date, results } of read) {
    if (step === null) {
      if (isNamed) continue;
      throw new Error(
        `${path} tells no step; move it into a folder step<N>, or name the files' steps by a regular ` +
          "expression, stepsPattern (--steps_pattern)",
      );
    }
    checkFiled(results, path, { step, zeroShot });
    dates.set(path, date);
    const ofStep = scores.get(step) ?? new Map<string, FileScore>();
    for (const score of results.scores.values()) {
      const key = seriesKey(score), former = ofStep.get(key);
      if (former && dates.get(former.file) === date) {
        const both = `${former.file} and ${path} both give ${
          shownName(score.metric)
        } at step ${step}`;
        throw new Error(`${both}; move one of them out`);
      }
      // The earliest file came first: an evaluation that was repeated takes the place of the one before.
      ofStep.set(key, score);
    }
    scores.set(step, ofStep);
  }
  const found = new Map([...scores].map(([step, ofStep]) => [step, [...ofStep.values()]] as const));
  const stepless = read.filter(({ step }) => step === null).map(({ path }) => path);
  if (stepless.length === 0) return { found, passedOver: [] };
  const which = stepless.length === 1
    ? stepless[0]!
    : `${stepless.length} files (${stepless[0]}, …)`;
  const verb = stepless.length === 1 ? "tells no step and is" : "tell no step and are";
  return { found, passedOver: [`${which} ${verb} passed over, since others tell theirs`] };
}

/** Whether a name or path of a model is that of `model`, whatever organization or folders come before it. */
function isOf(recorded: string, model: string): boolean {
  return recorded.split("/").some((part) => publishedName(part) === publishedName(model));
}

async function isFolder(path: string): Promise<boolean> {
  return (await ifThere(reading(path, () => Deno.stat(path))))?.isDirectory ?? false;
}
