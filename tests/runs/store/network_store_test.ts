import assert from "node:assert/strict";
import { join } from "node:path";
import type { Checkpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { edgeList } from "../../../lib/networks/edge_list.ts";
import type { NetworkSample } from "../../../lib/networks/sample_networks.ts";
import { sampledNetwork } from "../../../lib/networks/network.ts";
import { hasStoredStep, loadNetwork, storeNetwork } from "../../../lib/runs/store/network_store.ts";
import { storeRecord } from "../../../lib/runs/store/step_record.ts";
import type { StepRecord } from "../../../lib/runs/stored_records.ts";
import { withFolder } from "../../helpers/with_folder.ts";
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
