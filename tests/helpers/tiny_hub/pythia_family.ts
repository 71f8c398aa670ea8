/** A hub with a few tiny Pythias under the real names, and a copy of their published scores. */

import { join } from "node:path";
import { NAMED_STEPS } from "../../../lib/options/step_words.ts";
import { serveEvals } from "../evals_server.ts";
import { type HubServer, serveModels } from "../hub_server.ts";
import { PYTHIA_STEPS, tinyPythia } from "./pythia.ts";
import { pythiaEvals } from "./pythia_evals.ts";

/** What a notebook about one model is run on: all steps with published scores can be read. */
export const ONE_PYTHIA = "hf:EleutherAI/pythia-1.4b-deduped";

/** What a notebook that compares models is run on: only {@linkcode SOME_STEPS} can be read. */
export const PYTHIA_FAMILY = "hf:EleutherAI/pythia-{160m,410m}-deduped";

/** Some of the steps with published scores, so that all runs through in a minute. */
export const SOME_STEPS = "0,8,512,1000,13000,143000";

/** The notebooks that compare models. */
export function comparesModels(notebook: string): boolean {
  return /^(10|11|16)_/.test(notebook);
}

/** What a notebook says of its texts where it reads other models than its own. */
export const IS_ABOUT_ANOTHER = /^Paragraphs that begin with "Notice" are about suite:/m;

/** What one says that reads no others. */
export const KEEPS_ITS_OWN = /^This notebook keeps its own two models, which are no hf:/m;

/** Runs a test with the variables that name the hub, the scores and their caches, which are kept in `folder`. */
export async function withPythias(
  folder: string,
  test: (environment: Readonly<Record<string, string>>, hub: HubServer) => Promise<void>,
): Promise<void> {
  const read = SOME_STEPS.split(",").map(Number);
  const unread = PYTHIA_STEPS.filter((step) => !read.includes(step));
  const { published } = NAMED_STEPS;
  const others = PYTHIA_STEPS.filter((step) => !published.includes(step));
  const tiny = (name: string, hidden: number) =>
    tinyPythia(read, { unread, hidden, key: name.slice(0, 4) });
  await using hub = serveModels({
    "EleutherAI/pythia-1.4b-deduped": await tinyPythia(published, { unread: others, hidden: 64 }),
    "EleutherAI/pythia-160m-deduped": await tiny("160m-deduped", 48),
    "EleutherAI/pythia-410m-deduped": await tiny("410m-deduped", 64),
    "EleutherAI/pythia-160m": await tiny("sta", 48),
  }, { pageSize: 1000 });
  await using evals = serveEvals(pythiaEvals);
  await test({
    HF_ENDPOINT: hub.url,
    HF_HOME: join(folder, "hf"),
    XDG_CACHE_HOME: join(folder, "cache"),
    NEUROMFA_EVALS_URL: evals.url,
  }, hub);
}
