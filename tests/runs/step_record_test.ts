import assert from "node:assert/strict";
import { join } from "node:path";
import {
  loadRecord,
  removeRecord,
  stepFolderOf,
  type StepRecord,
  storeRecord,
} from "../../lib/runs/step_record.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { gptNeoXOf } from "../networks/gpt_neox_of.ts";
import { throwsError } from "../helpers/throws_error.ts";

const layers = gptNeoXOf(2, 8).layers;
const record: StepRecord = {
  model: "nano-8",
  step: 16,
  sha256: "0123456789abcdef".repeat(4),
  layers,
  weights: 1792,
  options: { samples: 2, layerSample: 3, qkv: "per-head", edges: "all" },
};

Deno.test("a record is read back as it was stored, beside the networks of its step", () =>
  withFolder(async (store) => {
    await storeRecord(store, record);
    assert.equal(stepFolderOf(store, "nano-8", 16), join(store, "nano-8", "step16"));
    const text = await Deno.readTextFile(join(store, "nano-8", "step16", "networks.json"));
    assert.deepEqual(JSON.parse(text), record);
    assert.deepEqual(await loadRecord(store, "nano-8", 16), record);
  }));

Deno.test("a step without a record has none, also once it was removed", () =>
  withFolder(async (store) => {
    assert.equal(await loadRecord(store, "nano-8", 16), null);
    await removeRecord(store, "nano-8", 16);
    await storeRecord(store, record);
    await removeRecord(store, "nano-8", 16);
    assert.equal(await loadRecord(store, "nano-8", 16), null);
  }));

Deno.test("what is no record of the step is refused, with what to do", () =>
  withFolder(async (store) => {
    const path = join(store, "nano-8", "step16", "networks.json");
    await storeRecord(store, record);
    const bad: unknown[] = [
      null,
      [],
      {},
      { ...record, model: "nano-64" },
      { ...record, step: 15 },
      { ...record, sha256: "../../etc" },
      { ...record, weights: 0.5 },
      { ...record, layers: undefined },
      { ...record, layers: layers.slice(0, 1) },
      { ...record, layers: Array(2 ** 16 + 1).fill(layers[0]) },
      { ...record, layers: [null, layers[1]] },
      ...[
        { name: 7 },
        { role: null },
        { learned: "true" },
        { block: -1 },
        { block: 0.5 },
        { size: -8 },
        { size: 0.5 },
        { size: 2 ** 31 },
      ].map((wrong) => ({ ...record, layers: [layers[0], { ...layers[1], ...wrong }] })),
      { ...record, options: null },
      { ...record, options: { ...record.options, samples: "2" } },
      { ...record, options: { ...record.options, edges: undefined } },
    ];
    for (const value of bad) {
      await Deno.writeTextFile(path, JSON.stringify(value));
      await throwsError(
        () => loadRecord(store, "nano-8", 16),
        /networks\.json can't be read: it is no record of nano-8 at step 16; extract the networks again$/,
      );
    }
    await Deno.writeTextFile(path, '{"model":');
    await throwsError(
      () => loadRecord(store, "nano-8", 16),
      /networks\.json can't be read: .*JSON/,
    );
  }));
