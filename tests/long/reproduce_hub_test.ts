/** `deno task reproduce --model hf:…`: the plan, the question, and that what was planned is what moves. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { exists, listFiles } from "../../lib/files/list_files.ts";
import { serveEvals } from "../helpers/evals_server.ts";
import { serveModels } from "../helpers/hub_server.ts";
import { PYTHIA_STEPS, tinyPythia } from "../helpers/tiny_hub/pythia.ts";
import { pythiaEvals } from "../helpers/tiny_hub/pythia_evals.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { PROJECT, runInProject } from "./run_in_project.ts";
import { writeNotebook } from "../notebooks/write_notebook.ts";
import { denoDir } from "../helpers/deno_dir.ts";

const MODEL = "hf:EleutherAI/pythia-1.4b-deduped";
const read = [0, 512, 13_000, 143_000];

/** The command of the task, as `deno.json` has it. */
const task = JSON.parse(await Deno.readTextFile(join(PROJECT, "deno.json"))).tasks.reproduce
  .command as string;
const words = task.replaceAll(/"|\$\(.*\)/g, "").split(" ").slice(1)
  .map((word) => word === "--allow-run=" ? `--allow-run=${Deno.execPath()}` : word);

/** Runs the command of the task. */
async function reproduce(env: Record<string, string>, ...args: string[]) {
  return await runInProject(env, [...words, ...args]);
}

/** A cell that reads what a notebook says that it reads, and is refused when it asks the hub for more. */
const readsLastStep = (name: string) => `
// The types of the library take long to check, and others do.
const { notebookRun, sampleNetworks } = await import("neuromfa" as string);
const { run } = await notebookRun("suite:nano-64", "${name}");
const steps = [run.steps.at(-1)];
for await (const _ of sampleNetworks(run, { samples: 1, steps }));
const refused = await fetch(Deno.env.get("HF_ENDPOINT")!).catch(({ name }) => name);
console.log(run.model + " read at " + steps + "; the hub: " + refused);
`;

Deno.test("the task has no network of its own", () => {
  assert.deepEqual(words.filter((word) => /net|-A$|all$/.test(word)), []);
});

Deno.test("reproduce --model says what moves, moves that once, and runs notebooks on it", () =>
  withFolder(async (folder) => {
    const unread = PYTHIA_STEPS.filter((step) => !read.includes(step));
    await using hub = serveModels({
      "EleutherAI/pythia-1.4b-deduped": await tinyPythia(read, { unread, hidden: 96 }),
    }, { pageSize: 1000 });
    await using evals = serveEvals(pythiaEvals);
    const env = {
      HF_ENDPOINT: hub.url,
      HF_HOME: join(folder, "hf"),
      XDG_CACHE_HOME: join(folder, "cache"),
      NEUROMFA_EVALS_URL: evals.url,
      // The cache of packages stays where it is.
      DENO_DIR: await denoDir(),
    };
    const [notebooks, out] = [join(folder, "notebooks"), join(folder, "results")];
    await Deno.mkdir(notebooks);
    for (const name of ["02_neuron_interaction_network", "03_box_growing_and_mass"]) {
      await writeNotebook(notebooks, name, "# Reads", readsLastStep(name.slice(3)));
    }
    await writeNotebook(notebooks, "04_two_conventions", "# Is not run", "");
    const about = [
      ...["--notebooks", notebooks] as const,
      "--model",
      MODEL,
      "--steps",
      read.join(","),
      "--allow-hub",
      "--out",
      out,
    ];
    const sent = () => ({
      bytes: hub.bytes,
      requests: hub.requests.filter((request) => request.startsWith("storage ")).length,
    });
    const two = ["neuron_interaction_network", "box_growing_and_mass"];

    const plan = await reproduce(env, ...two, "two_conventions", ...about, "--plan");
    assert.equal(plan.code, 0, plan.err);
    assert.match(plan.out, /^notebook +to move +there +requests +time$/m);
    const line = /^(\w[\w ]*?) {2,}[\d.]+ [kM]?B +[\d.]+ k?B +(\d+) /gm;
    const requests = new Map(
      [...plan.out.matchAll(line)].map(([, name, count]) => [name, Number(count)]),
    );
    const last = requests.get("03_box_growing_and_mass")!;
    assert.equal(requests.get("02_neuron_interaction_network"), last);
    assert.equal(requests.get("all together"), requests.get("04_two_conventions"));
    assert.ok(!await exists(out), "a plan writes no results");

    const unasked = await reproduce(env, ...two, ...about);
    assert.equal(unasked.code, 1);
    assert.match(unasked.err, /are to be moved, and there is no terminal to ask on: give --yes/);

    const before = sent();
    const run = await reproduce(env, ...two, ...about, "--yes");
    assert.equal(run.code, 0, run.err);
    assert.equal(sent().requests - before.requests, last, "what two notebooks read moves once");
    assert.match(run.err, /^moving .*1\.4b-deduped step 143000 for 02_neuron\w* and 1 other$/m);
    assert.ok((await listFiles(out)).includes("notebooks/03_box_growing_and_mass.ipynb"));
    const executed = await Deno.readTextFile(
      join(out, "notebooks/02_neuron_interaction_network.ipynb"),
    );
    assert.match(executed, /"pythia-1\.4b-deduped read at 143000; the hub: NotCapable/);

    const moved = sent();
    const again = await reproduce(env, "box_growing_and_mass", ...about, "--plan");
    assert.match(again.out, /^all together +– .* 0 +–$/m);
    assert.deepEqual(sent(), moved, "what is there is not moved again");
  }));

Deno.test("reproduce --model refuses what it cannot do, before anything is asked for", () =>
  withFolder(async (folder) => {
    const env = { HF_HOME: join(folder, "hf"), HF_ENDPOINT: "http://127.0.0.1:9" };
    const refused: [string[], RegExp][] = [
      [
        ["--model", MODEL],
        /^hf:\S+ is on the hub, and notebooks have no network: give --allow-hub/,
      ],
      [
        ["--model", MODEL, "--allow-hub", "--check"],
        /^--check compares the results of the notebooks'/,
      ],
      [
        ["--model", MODEL, "--allow-hub", "--out", "results"],
        /^results holds the results of the bund/,
      ],
      [
        ["--model", "suite:nano-32", "--plan"],
        /^--plan is about models on the hub, and none is named/,
      ],
      [["--yes"], /^--yes is about models other than the notebooks' own: name them by --model/],
      [["models_over_training", "--model", MODEL, "--allow-hub"], /^10_\w+ compares models: name/],
      [
        ["--model", MODEL, "--allow-hub", "--steps", "many"],
        /^--steps must be .* but it is "many"/,
      ],
    ];
    for (const [args, message] of refused) {
      const { code, out, err } = await reproduce(env, ...args);
      assert.deepEqual([code, out], [1, ""], args.join(" "));
      assert.match(err, message);
      assert.equal(err.trim().split("\n").length, 1, err);
    }
    assert.deepEqual(await listFiles(folder), []);
  }));
