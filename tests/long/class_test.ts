/** A student's copy: it type-checks and runs a notebook by itself, as the task wrote it. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { withFolder } from "../helpers/with_folder.ts";
import { PROJECT } from "./run_in_project.ts";

/** Runs a task of a folder's `deno.json`. */
async function task(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--config", join(folder, "deno.json"), ...args],
    cwd: folder,
    env: { NO_COLOR: "1", INIT_CWD: folder },
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, err: err! };
}

Deno.test("deno task class writes a copy in which a notebook runs, and its tasks work", () =>
  withFolder(async (folder) => {
    const copy = join(folder, "class");
    const written = await task(PROJECT, "class", "02", "--out", copy);
    assert.equal(written.code, 0, written.err);
    assert.match(
      written.out,
      /^wrote 1 notebook and 1 bundled model to .*class \([\d.]+ MB\)$/m,
    );
    const checked = await task(
      copy,
      "check-notebook",
      "notebooks/02_neuron_interaction_network.ipynb",
    );
    assert.equal(checked.code, 0, checked.err);
    const run = await task(copy, "reproduce", "--out", join(folder, "results"));
    assert.equal(run.code, 0, run.err);
    const page = await Deno.readTextFile(join(folder, "results/index.html"));
    assert.match(page, /02_neuron_interaction_network/);
    const measured = await task(copy, "neuromfa", ...[
      ...["--models", "suite:nano-64", "--steps", "0,4096", "--samples", "1"],
      ...["--out", join(folder, "out")],
    ]);
    assert.equal(measured.code, 0, measured.err);
    const unnamed = await task(copy, "neuromfa", "--models", "nano-32");
    assert.equal(unnamed.code, 1);
    const again = await task(PROJECT, "class", "--out", copy);
    assert.equal(again.code, 1);
    assert.match(again.err, /is not empty, and students may have worked there/);
    assert.match((await task(PROJECT, "class")).err, /no folder is named: deno task class --out/);
  }));
