import assert from "node:assert/strict";
import { join } from "node:path";
import {
  loadRecord,
  removeRecord,
  stepFolderOf,
  storeRecord,
} from "../../../lib/runs/store/step_record.ts";
import type { StepRecord } from "../../../lib/runs/stored_records.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { gptNeoXOf } from "../../networks/gpt_neox_of.ts";
import { throwsError } from "../../helpers/throws_error.ts";

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
    const layer = layers[1]!;
    const withLayer = (wrong: object) => ({
      ...record,
      layers: [layers[0], { ...layer, ...wrong }],
    });
    const bad: [value: unknown, what: RegExp][] = [
      [null, /its value is null, not an object/],
      [[], /its value is \[\], not an object/],
      [{}, /model is missing/],
      [{ ...record, model: "nano-64" }, /model is "nano-64", not "nano-8"/],
      [{ ...record, step: 15 }, /step is 15, not 16/],
      [{ ...record, sha256: "../../etc" }, /sha256 is "\.\.\/\.\.\/etc", not a SHA-256/],
      [{ ...record, weights: 0.5 }, /weights is 0\.5, not a whole number from 1/],
      [{ ...record, layers: undefined }, /layers is missing/],
      [{ ...record, layers: layers.slice(0, 1) }, /layers: there are 1 layers, where 2 to 65536/],
      [{ ...record, layers: Array(2 ** 16 + 1).fill(layer) }, /layers: there are 65537 layers/],
      [{ ...record, layers: [null, layer] }, /layers\[0\] is null, not an object/],
      [withLayer({ name: 7 }), /layers\[1\]\.name is 7, not a text/],
      [withLayer({ role: null }), /layers\[1\]\.role is null, not a text/],
      [withLayer({ learned: "true" }), /layers\[1\]\.learned is "true", not true or false/],
      [withLayer({ block: -1 }), /layers\[1\]\.block is -1, not a whole number from 0/],
      [withLayer({ block: 0.5 }), /layers\[1\]\.block is 0\.5, not a whole number from 0/],
      [withLayer({ size: -8 }), /layers\[1\]\.size is -8, not a whole number from 1/],
      [withLayer({ size: 2 ** 31 }), /layers: 2147483656 neurons are too many to number/],
      [{ ...record, options: null }, /options is null, not an object/],
      [{ ...record, options: { ...record.options, samples: "2" } }, /options\.samples is "2", not/],
      [
        { ...record, options: { ...record.options, edges: undefined } },
        /options\.edges is missing/,
      ],
      [
        { ...record, options: { ...record.options, edges: "some" } },
        /options\.edges is "some", not one of all, sampled/,
      ],
      [{ ...record, options: { ...record.options, seed: 1 } }, /options\.seed is unknown/],
    ];
    for (const [value, what] of bad) {
      await Deno.writeTextFile(path, JSON.stringify(value));
      await throwsError(() => loadRecord(store, "nano-8", 16), what);
      await throwsError(
        () => loadRecord(store, "nano-8", 16),
        /^\S+networks\.json: .*; extract the networks again$/,
      );
    }
    await Deno.writeTextFile(path, '{"model":');
    await throwsError(
      () => loadRecord(store, "nano-8", 16),
      /networks\.json is no JSON, perhaps cut short or damaged; extract the networks again/,
    );
  }));
