/** Scores from a copy of EleutherAI/pythia on the web, of which each file is downloaded once. */

import { join } from "node:path";
import { plainName } from "../files/plain_name.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import type { Evals, FileScore } from "./harness_score.ts";
import { checkFiled, type HarnessResults, parseHarnessResults } from "./harness_results.ts";
import { publishedSteps, zeroShotFile } from "./pythia_evals.ts";
import { MAXIMUM_RESULTS_BYTES, readResultsFile } from "./results_files.ts";
import { hostRefused } from "../checkpoints/hub/hub_connection.ts";

/** Fetch the published scores of a model; the cache, by address, only gets whole, valid files. */
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
    warnings: [],
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

/** Pauses before each further try, in milliseconds; a server that limits its rate needs some seconds. */
const usualPauses = [500, 1000, 2000, 4000];
/** Longest pause that a server may ask for, in milliseconds. */
const LONGEST_PAUSE = 30_000;
/** How long one try may take from asking to the last byte, in milliseconds. */
const USUAL_TIMEOUT = 60_000;

/** Download a text file, `null` if there is none (404), again where the server is overloaded or the connection drops. */
export async function downloadText(
  url: string,
  maximumBytes: number,
  pauses: readonly number[] = usualPauses,
  timeout: number = USUAL_TIMEOUT,
): Promise<string | null> {
  for (let tries = 1;; tries++) {
    const answer = await attempt(url, maximumBytes, timeout);
    if (!("retry" in answer)) return answer.text;
    const pause = pauses[tries - 1];
    if (pause === undefined) {
      throw new Error(
        `${url} could not be downloaded in ${tries} tries: ${answer.retry}; try again later or pass a folder as source`,
      );
    }
    await new Promise((resume) => setTimeout(resume, Math.max(pause, answer.wait)));
  }
}

/** A text, no such file, or why and after how many milliseconds to try again. */
type Answer = { readonly text: string | null } | { readonly retry: string; readonly wait: number };

async function attempt(url: string, maximumBytes: number, timeout: number): Promise<Answer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
    const { status } = response;
    if (response.ok) return { text: await bodyText(response, url, maximumBytes) };
    await response.body?.cancel();
    if (status === 404) return { text: null };
    if (status !== 429 && status < 500) {
      throw new Error(`${url} answered ${status}; pass another source`);
    }
    const wait = 1000 * Number(response.headers.get("retry-after") ?? 0);
    return { retry: `it answered ${status}`, wait: wait > 0 ? Math.min(wait, LONGEST_PAUSE) : 0 };
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") {
      return { retry: `it took longer than ${timeout / 1000} s`, wait: 0 };
    }
    if (error instanceof TypeError || error instanceof DOMException) {
      return { retry: (error.cause instanceof Error ? error.cause : error).message, wait: 0 };
    }
    throw hostRefused(error);
  }
}

async function bodyText(response: Response, url: string, maximumBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maximumBytes) {
      throw new Error(`${url} has more than ${maximumBytes} bytes, too many for such a file`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  text += decoder.decode();
  if (/^\s*</.test(text)) {
    throw new Error(
      `${url} answered with a web page in place of the file; a proxy or a login page may stand in between`,
    );
  }
  return text;
}
