/** `deno task reproduce --model hf:…`: the plan, and that it is what moves. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exists } from "../../lib/files/list_files.ts";
import { NAMED_STEPS } from "../../lib/options/step_words.ts";
import { serveEvals } from "../helpers/evals_server.ts";
import { type HubServer, serveModels } from "../helpers/hub_server.ts";
import { PYTHIA_STEPS, tinyPythia } from "../helpers/tiny_hub/pythia.ts";
import { pythiaEvals } from "../helpers/tiny_hub/pythia_evals.ts";
import { withFolder } from "../helpers/with_folder.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const ONE = "hf:EleutherAI/pythia-1.4b-deduped";
const STEPS = "0,512,13000,143000";

/** A hub with two models, wider than what is drawn of them, and scores. */
async function pythias() {
  const { published } = NAMED_STEPS;
  const read = STEPS.split(",").map(Number);
  const unread = PYTHIA_STEPS.filter((step) => !published.includes(step));
  const tiny = (key: string, hidden: number) =>
    tinyPythia(read, {
      unread: [...unread, ...published.filter((step) => !read.includes(step))],
      hidden,
      key,
    });
  const hub = serveModels({
    "EleutherAI/pythia-1.4b-deduped": await tiny("1.4b-deduped", 96),
    "EleutherAI/pythia-1.4b": await tiny("1.4b", 96),
    "EleutherAI/pythia-160m-deduped": await tiny("160m-deduped", 80),
  }, { pageSize: 1000 });
  return { hub, evals: serveEvals(pythiaEvals) };
}

/** Runs the task as `deno.json` has it. */
async function reproduce(env: Record<string, string>, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "reproduce", ...args],
    cwd: project,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, err: err! };
}
