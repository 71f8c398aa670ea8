import assert from "node:assert/strict";
import {
  modelsOf,
  NOTEBOOK_READS,
  notebookRequests,
  readsOf,
} from "../../lib/display/notebook_reads.ts";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
import { storedNotebooks } from "../notebooks/stored_notebooks.ts";

Deno.test("every notebook of the project has its reads, and its first cells name it", async () => {
  const notebooks = (await storedNotebooks()).slice(1);
  const names = notebooks.map(({ name }) => name.replace(/^\d+_/, ""));
  assert.deepEqual(Object.keys(NOTEBOOK_READS), names);
  for (const { name, path } of notebooks) {
    const { models } = readsOf(name)!;
    const { cells } = parseNotebook(await Deno.readTextFile(path), path);
    const code = cells.map(({ source }) => source).join("\n");
    const opened = code.match(/notebookRuns?\([^;]*"(\w+)",?\s*\);/);
    assert.equal(opened?.[1], models === "none" ? undefined : name.replace(/^\d+_/, ""));
  }
  assert.equal(readsOf("of_my_own"), null);
});

Deno.test("a notebook reads the first model, all of them, or a twin beside its namesake", () => {
  const names = ["hf:o/a-deduped", "hf:o/b"];
  const read = (models: "one" | "several" | "twins" | "none", of = names) =>
    modelsOf({ models }, of).map(({ name, of }) => `${name} ${of.join(" ")}`);
  assert.deepEqual(read("none"), []);
  assert.deepEqual(read("one"), ["hf:o/a-deduped first others"]);
  assert.deepEqual(read("several"), ["hf:o/a-deduped first", "hf:o/b others"]);
  assert.deepEqual(modelsOf({ models: "twins" }, names).map(({ name }) => name), [
    ...["hf:o/b", "hf:o/a-deduped"],
  ]);
  const [beside] = modelsOf({ models: "twins" }, names.slice(0, 1));
  assert.deepEqual([beside!.name, beside!.stepsOf], ["hf:o/a", "hf:o/a-deduped"]);
  assert.deepEqual(read("twins", ["hf:o/b"]), []);
});

Deno.test("rows are those of the steps that are read, of all networks there together", async () => {
  const run = await openRun("suite:nano-64");
  const steps = async (name: string) => [...(await notebookRequests(readsOf(name)!, run)).keys()];
  assert.deepEqual(await steps("box_growing_and_mass"), [4096]);
  assert.deepEqual(await steps("repeated_samples"), [0, 4096]);
  assert.deepEqual(await steps("is_it_structure"), [0, 256, 512, 1024, 2048, 4096]);
  assert.deepEqual(await steps("first_look"), run.steps);
  const checkpoint = await run.checkpoint(0), architecture = detectArchitecture(checkpoint);
  const rowsIn = async (name: string) => {
    const { rows } = (await notebookRequests(readsOf(name)!, run)).get(0)!;
    const first = rows(checkpoint, architecture)[0]!;
    return first.rows?.reduce((sum, { start, end }) => sum + end - start, 0);
  };
  assert.equal(await rowsIn("sampling_bias"), undefined, "the full network is whole tensors");
  assert.equal(await rowsIn("first_look"), 192, "every edge of a few neurons takes all rows");
  const some = { samples: 1, layerSample: 8, edges: "sampled", qkv: "per-head" } as const;
  const reads = { networks: [{ steps: "all", network: some }] } as const;
  const { rows } = (await notebookRequests(reads, run)).get(0)!;
  const [first] = rows(checkpoint, architecture);
  assert.equal(first!.rows!.reduce((sum, { start, end }) => sum + end - start, 0), 24);
});
