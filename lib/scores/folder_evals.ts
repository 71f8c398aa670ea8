/** Scores from a folder: a copy of EleutherAI/pythia, or any results files of lm-evaluation-harness. */

import { join } from "node:path";
import { ifThere, listFolder } from "../files/list_files.ts";
import { shownName, someNames } from "../messages/shown.ts";
import { checkFiled, type Evals, type FileScore, parseHarnessResults } from "./harness_results.ts";
import { publishedName, publishedSteps, PYTHIA_EVALS, zeroShotFolder } from "./pythia_evals.ts";
import { readResultsFile, RESULTS_FILE_FORMS, resultsFiles } from "./results_files.ts";
import { reading } from "../files/system_fault.ts";

/**
 * Read the scores of a model from a folder.
 *
 * Where the folder holds `evals/pythia-v1`, that is what is read. Otherwise its results files are, at any depth: the
 * step of each is told by its name, by a folder around it or by the revision that it records. Files may share a step;
 * of a metric in two of them the one with the later date counts.
 */
export async function readFolderEvals(
  model: string,
  source: string,
  asked?: readonly number[],
): Promise<Evals> {
  await listFolder(source);
  return await isFolder(join(source, PYTHIA_EVALS))
    ? await readCopy(model, source, asked)
    : await readResults(model, source, asked);
}

async function readCopy(model: string, source: string, asked?: readonly number[]): Promise<Evals> {
  const folder = join(source, zeroShotFolder(model));
  if (!await isFolder(folder)) {
    const reason = `no published scores for ${model} in ${source}`;
    return { scores: new Map(), steps: publishedSteps, whyAbsent: () => reason };
  }
  return await readResults(model, folder, asked, true);
}

async function readResults(
  model: string,
  source: string,
  asked?: readonly number[],
  zeroShot = false,
): Promise<Evals> {
  const scores = new Map<number, Map<string, FileScore>>();
  const dates = new Map<string | null, string>();
  const others = new Set<string>();
  const files = await resultsFiles(source);
  for (const { path, date, ...place } of files) {
    if (asked && place.step !== null && !asked.includes(place.step)) continue;
    const text = await readResultsFile(path);
    if (text === null) throw new Error(`${path} is a link to nothing`);
    const results = parseHarnessResults(text, path);
    // In the repository the folder tells the model; the files record names from before its publication.
    if (!zeroShot && results.model !== null && !isNamed(results.model, model)) {
      others.add(results.model);
      continue;
    }
    const step = place.step ?? results.step;
    if (step === null) throw new Error(`${path} tells no step; move it into a folder step<N>`);
    checkFiled(results, path, { step, zeroShot });
    dates.set(path, date);
    const ofStep = scores.get(step) ?? new Map<string, FileScore>();
    for (const [metric, score] of results.scores) {
      const former = ofStep.get(metric);
      if (former && dates.get(former.file) === date) {
        const both = `${former.file} and ${path} both give ${shownName(metric)} at step ${step}`;
        throw new Error(`${both}; move one of them out`);
      }
      // The earliest file came first: an evaluation that was repeated takes the place of the one before.
      ofStep.set(metric, score);
    }
    scores.set(step, ofStep);
  }
  if (files.length === 0) throw new Error(`${source} has no files named ${RESULTS_FILE_FORMS}`);
  if (scores.size === 0 && others.size > 0) {
    const found = someNames([...others]);
    throw new Error(`${source} has scores of ${found}, none of ${model}; pass one of these names`);
  }
  return {
    scores,
    steps: [...scores.keys()].sort((a, b) => a - b),
    whyAbsent: (step) => `no scores for ${model} at step ${step} in ${source}`,
  };
}

/** Whether a name or path of a model is that of `model`, whatever organization or folders come before it. */
function isNamed(recorded: string, model: string): boolean {
  return recorded.split("/").some((part) => publishedName(part) === publishedName(model));
}

async function isFolder(path: string): Promise<boolean> {
  return (await ifThere(reading(path, () => Deno.stat(path))))?.isDirectory ?? false;
}
