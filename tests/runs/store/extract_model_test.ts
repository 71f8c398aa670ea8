import assert from "node:assert/strict";
import { join } from "node:path";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { edgeList } from "../../../lib/networks/edge_list.ts";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";
import { extractModel, preprocessModel } from "../../../lib/runs/store/extract_model.ts";
import { networkOptions } from "../../../lib/runs/analysis_options.ts";
import { loadNetwork, loadRecord, storeRecord } from "../../../lib/runs/store/network_store.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { gptNeoXOf } from "../../networks/gpt_neox_of.ts";
import { tinyOptions, withTinyRun } from "../tiny_run.ts";

const options = tinyOptions();

Deno.test("extractModel() stores every sample of every step with a record of the checkpoint and the options", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    assert.deepEqual(await extractModel(run, { options, store }), { written: 4, skipped: 0 });
    const { sha256 } = (await loadRecord(store, "nano-8", 4))!;
    assert.deepEqual(await loadRecord(store, "nano-8", 4), {
      ...{ model: "nano-8", step: 4, sha256, layers: gptNeoXOf(2, 8).layers, weights: 1688 },
      options: networkOptions(options),
    });
    assert.equal(sha256, await (await (await openRun(run)).checkpoint(4)).digest());
    const names = [...Deno.readDirSync(join(store, "nano-8", "step0"))].map(({ name }) => name);
    assert.deepEqual(names.sort(), ["networks.json", "sample0.npy", "sample1.npy"]);
    const sampled = sampleNetworks(await openRun(run), { samples: 2, layerSample: 3, steps: [0] });
    for await (const { sample, network, linked } of sampled) {
      const stored = await loadNetwork(store, (await loadRecord(store, "nano-8", 0))!, sample);
      assert.deepEqual(stored.network, network);
      assert.deepEqual(edgeList(stored.linked), edgeList(linked));
    }
  }));

Deno.test("extractModel() stores the steps asked for, step 0 among them, and tells how far it is", () =>
  withTinyRun([0, 4, 8], async ({ run, store }) => {
    const told: [number, number][] = [];
    const onNetwork = (done: number, total: number) => told.push([done, total]);
    await extractModel(run, { options, store, steps: [8, 0], onNetwork });
    assert.deepEqual(told, [[0, 4], [1, 4], [2, 4], [3, 4], [4, 4]]);
    const steps = [...Deno.readDirSync(join(store, "nano-8"))].map(({ name }) => name);
    assert.deepEqual(steps.sort(), ["step0", "step8"]);
    await throwsError(
      () => extractModel(run, { options, store, steps: [8] }),
      /nano-8 cannot be measured without step 0/,
    );
  }));

Deno.test("extractModel() leaves alone what is there only if asked to, and only of the same checkpoint and options", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    const again = (more: object = {}) =>
      extractModel(run, { options, store, skipExisting: true, ...more });
    await extractModel(run, { options, store, steps: [0] });
    const told: number[] = [];
    assert.deepEqual(await again({ onNetwork: (done: number) => told.push(done) }), {
      written: 2,
      skipped: 2,
    });
    assert.deepEqual(told, [2, 3, 4]);
    assert.deepEqual(await again(), { written: 0, skipped: 4 });
    assert.deepEqual(await again({ skipExisting: false }), { written: 4, skipped: 0 });
    const sampled = { ...options, edges: "sampled" as const };
    assert.deepEqual(await again({ options: sampled }), { written: 4, skipped: 0 });
    const record = (await loadRecord(store, "nano-8", 4))!;
    await storeRecord(store, { ...record, sha256: "00".repeat(32) });
    assert.deepEqual(await again({ options: sampled }), { written: 2, skipped: 2 });
  }));

Deno.test("extractModel() that is stopped leaves no record for the networks of two extractions", () =>
  withTinyRun([0], async ({ run, store }) => {
    await extractModel(run, { options, store });
    const stop = new Error("stopped");
    const onNetwork = (done: number) => {
      if (done === 0) return;
      throw stop;
    };
    const sampled = { ...options, edges: "sampled" as const };
    await assert.rejects(extractModel(run, { options: sampled, store, onNetwork }), stop);
    assert.equal(await loadRecord(store, "nano-8", 0), null);
  }));

Deno.test("preprocessModel() counts the networks, nodes and edges of a store or of checkpoints alike", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    const told: [number, number][] = [];
    const onNetwork = (done: number, total: number) => told.push([done, total]);
    const sampled = await preprocessModel(run, { options, store, onNetwork });
    assert.deepEqual(told, [[1, 4], [2, 4], [3, 4], [4, 4]]);
    assert.equal(sampled.source, run);
    // 2 blocks of 8 × 3 neurons in each of 4 networks; of their edges a few are exact zeros and none.
    assert.deepEqual([sampled.model, sampled.networks, sampled.nodes], ["nano-8", 4, 192]);
    assert.ok(sampled.edges > 2000 && sampled.edges < 4 * 2 * (3 * (24 + 8 + 32) + 6 * 8 + 9 * 8));
    await extractModel(run, { options, store });
    const stored = await preprocessModel(run, { options, store });
    assert.deepEqual(stored, { ...sampled, source: join(store, "nano-8") });
  }));

Deno.test("preprocessModel() looks at the steps asked for", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    const { networks } = await preprocessModel(run, { options, store, steps: [0] });
    assert.equal(networks, 2);
  }));

Deno.test("preprocessModel() finds a damaged network and names its file", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    await extractModel(run, { options, store });
    const path = join(store, "nano-8", "step4", "sample1.npy");
    await Deno.truncate(path, 1000);
    await throwsError(
      () => preprocessModel(run, { options, store }),
      /step4\/sample1\.npy can't be read: .*; extract the networks again$/,
    );
  }));
