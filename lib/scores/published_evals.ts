/** Scores from a copy of EleutherAI/pythia on the web, of which each file is downloaded once. */

import { join } from "node:path";
import { plainName } from "../files/plain_name.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import { checkFiled } from "./check_filed.ts";
import { downloadText } from "./download_text.ts";
import type { Evals } from "./evals.ts";
import { type FileScore, type HarnessResults, parseHarnessResults } from "./harness_results.ts";
import { publishedSteps, zeroShotFile } from "./pythia_evals.ts";
import { MAXIMUM_RESULTS_BYTES, readResultsFile } from "./results_files.ts";

/**
 * Fetch the published scores of a model.
 *
 * @param model The model.
 * @param repository Address of the repository's files.
 * @param cache Folder that keeps what was downloaded, under the file's address; only whole, valid files get there.
 * @param asked Steps to fetch; all that are published unless given.
 * @throws {Error} If a file can't be downloaded or is not what it should be.
 */
export async function fetchPublishedEvals(
  model: string,
  repository: string,
  cache: string,
  asked: readonly number[] = publishedSteps,
): Promise<Evals> {
  const scores = new Map<number, ReadonlyMap<string, FileScore>>();
  for (const step of asked.filter((step) => publishedSteps.includes(step))) {
    const url = fileAddress(repository, zeroShotFile(model, step));
    const results = await fetchResults(url, join(cache, ...cachePath(url)), step);
    if (results) scores.set(step, results.scores);
  }
  return {
    scores,
    steps: publishedSteps,
    whyAbsent: (step) => `no published scores for ${model} at step ${step} in ${repository}`,
  };
}

async function fetchResults(
  { href }: URL,
  cached: string,
  step: number,
): Promise<HarnessResults | null> {
  const kept = await readResultsFile(cached);
  if (kept !== null) return check(kept, cached, step);
  const text = await downloadText(href, MAXIMUM_RESULTS_BYTES);
  if (text === null) return null;
  const results = check(text, href, step);
  await writeWholeFile(cached, text);
  return results;
}

function check(text: string, file: string, step: number): HarnessResults {
  const results = parseHarnessResults(text, file);
  checkFiled(results, file, { step, zeroShot: true });
  return results;
}

function fileAddress(repository: string, path: string): URL {
  if (URL.canParse(repository)) return new URL(`${repository.replace(/\/+$/, "")}/${path}`);
  throw new Error(`${repository} is no address; pass one that starts with https://, or a folder`);
}

/** Two repositories never share a file of the cache. */
function cachePath({ host, pathname }: URL): string[] {
  const parts = [host.replaceAll(":", "_"), ...pathname.split("/").filter((part) => part !== "")];
  return parts.map((part) => plainName(part, "a part of the address of scores,"));
}
