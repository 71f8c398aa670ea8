import assert from "node:assert/strict";
import { join } from "node:path";
import type { Checkpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { edgeList } from "../../../lib/networks/edge_list.ts";
import type { NetworkSample } from "../../../lib/networks/sample_networks.ts";
import { sampledNetwork } from "../../../lib/networks/network.ts";
import {
  hasStoredStep,
  loadNetwork,
  loadRecord,
  removeRecord,
  stepFolderOf,
  storeNetwork,
  storeRecord,
} from "../../../lib/runs/store/network_store.ts";
import type { StepRecord } from "../../../lib/runs/stored_records.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { gptNeoXOf } from "../../networks/gpt_neox_of.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { tiny, tinyArchitecture, tinyLinks } from "../../networks/tiny_network.ts";

const linked = await tinyLinks();
const digest = "ab".repeat(32);
const sample: NetworkSample = {
  model: "tiny",
  step: 4,
  sample: 3,
  digest,
  linked,
  network: sampledNetwork(linked),
};
const record: StepRecord = {
  model: "tiny",
  step: 4,
  sha256: digest,
  layers: tinyArchitecture.layers,
  weights: 1792,
  options: { samples: 4, layerSample: 3, qkv: "reference", edges: "sampled" },
};

/** A .npy file with a header as NumPy writes it, padded to 64 bytes. */
function npy(header: string, data: Float64Array<ArrayBuffer>): Uint8Array {
  const text = header.padEnd(64 * Math.ceil((header.length + 11) / 64) - 11) + "\n";
  const bytes = new Uint8Array(10 + text.length + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, text.length, true);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes.set(new Uint8Array(data.buffer), 10 + text.length);
  return bytes;
}

Deno.test("a stored network is a NumPy file of the published code's rows [x, y, w], byte by byte", () =>
  withFolder(async (store) => {
    await storeNetwork(store, sample);
    const bytes = await Deno.readFile(join(store, "tiny", "step4", "sample3.npy"));
    const view = new DataView(bytes.buffer);
    assert.deepEqual([...bytes.subarray(0, 8)], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    const length = view.getUint16(8, true);
    assert.equal((10 + length) % 8, 0, "doubles begin at a multiple of their size");
    const header = new TextDecoder().decode(bytes.subarray(10, 10 + length));
    assert.match(header, /^\{.*\} *\n$/);
    assert.match(header, /'descr': ?'<f8'/);
    assert.match(header, /'fortran_order': ?False/);
    assert.match(header, new RegExp(`'shape': ?\\(${tiny.edges.length}, ?3\\)`));
    assert.equal(bytes.length, 10 + length + 8 * 3 * tiny.edges.length);
    const rows = tiny.edges.map((_, i) =>
      [0, 1, 2].map((k) => view.getFloat64(10 + length + 8 * (3 * i + k), true))
    );
    assert.deepEqual(rows, tiny.edges);
  }));

Deno.test("a stored network is read back with the same edges and nodes", () =>
  withFolder(async (store) => {
    await storeNetwork(store, sample);
    const { linked: links, network, ...names } = await loadNetwork(store, record, 3);
    assert.deepEqual(names, { model: "tiny", step: 4, sample: 3, digest });
    assert.deepEqual(network, sample.network);
    assert.deepEqual(edgeList(links), edgeList(linked));
  }));

Deno.test("a network that NumPy saved is read", () =>
  withFolder(async (store) => {
    const rows = edgeList(linked) as Float64Array<ArrayBuffer>;
    const shape = `(${rows.length / 3}, 3)`;
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
    await storeRecord(store, record);
    await Deno.writeFile(join(store, "tiny", "step4", "sample0.npy"), npy(header, rows));
    assert.deepEqual((await loadNetwork(store, record, 0)).network, sample.network);
  }));

Deno.test("a file that is no whole network is refused by name, with what is wrong and what to do", () =>
  withFolder(async (store) => {
    await storeNetwork(store, sample);
    const path = join(store, "tiny", "step4", "sample3.npy");
    const whole = await Deno.readFile(path);
    const data = Float64Array.of(0, 8, 0.5);
    const header = (more: string) => `{'fortran_order': False, 'shape': (1, 3), ${more}}`;
    const cases: [bytes: Uint8Array, message: RegExp][] = [
      [whole.subarray(0, -8), /holds \d+ numbers, not the \d+ of its header/],
      [whole.subarray(0, -3), /it is no whole \.npy file/],
      [whole.subarray(0, 9), /it is no whole \.npy file/],
      [whole.subarray(0, 44), /it is no whole \.npy file/],
      [npy("{'descr': '<f8', 'fortran_order': False}", data), /.npy/],
      [new TextEncoder().encode("x,y,w\n1,2,3\n"), /it is no whole \.npy file/],
      [npy(header("'descr': '<f4'"), data), /holds "f4" of shape \[1, 3\], not float64 rows/],
      [npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", data), /shape \[3\]/],
      [
        npy("{'descr': '<f8', 'fortran_order': True, 'shape': (1, 3), }", data),
        /holds "f8" of shape \[1, 3\] column by column/,
      ],
      [npy(header("'descr': '<f8'"), Float64Array.of(400, 8, 1)), /an edge leaves node 400/],
      [npy(header("'descr': '<f8'"), Float64Array.of(0, 8, NaN)), /weight .* is NaN/],
    ];
    for (const [bytes, message] of cases) {
      await Deno.writeFile(path, bytes);
      await throwsError(() => loadNetwork(store, record, 3), message);
      await throwsError(
        () => loadNetwork(store, record, 3),
        /^\S+sample3\.npy can't be read: .*; extract the networks again$/,
      );
    }
    await throwsError(
      () => loadNetwork(store, record, 2),
      /sample2\.npy can't be read: it is not there/,
    );
  }));

Deno.test("a step is stored only if it is of the same checkpoint and the same options", () =>
  withFolder(async (store) => {
    const of = (sha256: string) =>
      ({ model: "tiny", step: 4, digest: () => Promise.resolve(sha256) }) as unknown as Checkpoint;
    assert.equal(await hasStoredStep(store, of(digest), record.options), false);
    await storeRecord(store, record);
    assert.equal(await hasStoredStep(store, of(digest), record.options), true);
    assert.equal(await hasStoredStep(store, of("cd".repeat(32)), record.options), false);
    const others = [{ samples: 3 }, { layerSample: 2 }, { qkv: "per-head" }, { edges: "all" }];
    for (const other of others) {
      const options = { ...record.options, ...other } as StepRecord["options"];
      assert.equal(await hasStoredStep(store, of(digest), options), false);
    }
  }));

/** A model whose records are stored. */
const { layers } = gptNeoXOf(2, 8);
const nano: StepRecord = {
  model: "nano-8",
  step: 16,
  sha256: "0123456789abcdef".repeat(4),
  layers,
  weights: 1792,
  options: { samples: 2, layerSample: 3, qkv: "per-head", edges: "all" },
};

Deno.test("a record is read back as it was stored, beside the networks of its step", () =>
  withFolder(async (store) => {
    await storeRecord(store, nano);
    assert.equal(stepFolderOf(store, "nano-8", 16), join(store, "nano-8", "step16"));
    const text = await Deno.readTextFile(join(store, "nano-8", "step16", "networks.json"));
    assert.deepEqual(JSON.parse(text), nano);
    assert.deepEqual(await loadRecord(store, "nano-8", 16), nano);
  }));

Deno.test("a step without a record has none, also once it was removed", () =>
  withFolder(async (store) => {
    assert.equal(await loadRecord(store, "nano-8", 16), null);
    await removeRecord(store, "nano-8", 16);
    await storeRecord(store, nano);
    await removeRecord(store, "nano-8", 16);
    assert.equal(await loadRecord(store, "nano-8", 16), null);
  }));

Deno.test("what is no record of the step is refused, with what to do", () =>
  withFolder(async (store) => {
    const path = join(store, "nano-8", "step16", "networks.json");
    await storeRecord(store, nano);
    const layer = layers[1]!;
    const withLayer = (wrong: object) => ({
      ...nano,
      layers: [layers[0], { ...layer, ...wrong }],
    });
    const bad: [value: unknown, what: RegExp][] = [
      [null, /its value is null, not an object/],
      [[], /its value is \[\], not an object/],
      [{}, /model is missing/],
      [{ ...nano, model: "nano-64" }, /model is "nano-64", not "nano-8"/],
      [{ ...nano, step: 15 }, /step is 15, not 16/],
      [{ ...nano, sha256: "../../etc" }, /sha256 is "\.\.\/\.\.\/etc", not a SHA-256/],
      [{ ...nano, weights: 0.5 }, /weights is 0\.5, not a whole number from 1/],
      [{ ...nano, layers: undefined }, /layers is missing/],
      [{ ...nano, layers: layers.slice(0, 1) }, /layers: there are 1 layers, where 2 to 65536/],
      [{ ...nano, layers: Array(2 ** 16 + 1).fill(layer) }, /layers: there are 65537 layers/],
      [{ ...nano, layers: [null, layer] }, /layers\[0\] is null, not an object/],
      [withLayer({ name: 7 }), /layers\[1\]\.name is 7, not a text/],
      [withLayer({ role: null }), /layers\[1\]\.role is null, not a text/],
      [withLayer({ learned: "true" }), /layers\[1\]\.learned is "true", not true or false/],
      [withLayer({ block: -1 }), /layers\[1\]\.block is -1, not a whole number from 0/],
      [withLayer({ block: 0.5 }), /layers\[1\]\.block is 0\.5, not a whole number from 0/],
      [withLayer({ size: -8 }), /layers\[1\]\.size is -8, not a whole number from 1/],
      [withLayer({ size: 2 ** 31 }), /layers: 2147483656 neurons are too many to number/],
      [{ ...nano, options: null }, /options is null, not an object/],
      [{ ...nano, options: { ...nano.options, samples: "2" } }, /options\.samples is "2", not/],
      [
        { ...nano, options: { ...nano.options, edges: undefined } },
        /options\.edges is missing/,
      ],
      [
        { ...nano, options: { ...nano.options, edges: "some" } },
        /options\.edges is "some", not one of all, sampled/,
      ],
      [{ ...nano, options: { ...nano.options, seed: 1 } }, /options\.seed is unknown/],
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
