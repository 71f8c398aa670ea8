import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { edgeList } from "../../../lib/networks/edge_list.ts";
import { extractModel } from "../../../lib/runs/store/extract_model.ts";
import {
  type ModelNetworks,
  nameOfModel,
  openModelNetworks,
  stepsOfStoredModel,
} from "../../../lib/runs/store/model_networks.ts";
import { loadRecord, storeRecord } from "../../../lib/runs/store/network_store.ts";
import { runInFolder } from "../../helpers/run_in_folder.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { tinyOptions, withTinyRun } from "../tiny_run.ts";

const options = tinyOptions();

/** Everything that an analysis gets to see of the networks. */
async function contents(opened: ModelNetworks) {
  const networks = await Array.fromAsync(
    opened.networks(),
    ({ linked, ...sample }) => ({ ...sample, edges: edgeList(linked) }),
  );
  return { model: opened.model, steps: opened.steps, digests: opened.digests, networks };
}

Deno.test("openModelNetworks() gives the same from the store as from the checkpoints", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    const sampled = await openModelNetworks(run, options, store);
    assert.equal(sampled.source, run);
    const expected = await contents(sampled);
    assert.equal(expected.networks.length, 4);
    await extractModel(run, { options, store });
    const stored = await openModelNetworks(run, options, store);
    assert.equal(stored.source, join(store, "nano-8"));
    assert.deepEqual(await contents(stored), expected);
    const alone = await openModelNetworks("nano-8", options, store);
    assert.equal(alone.source, join(store, "nano-8"));
    assert.deepEqual(await contents(alone), expected);
  }));

Deno.test("openModelNetworks() gives the networks of some steps", () =>
  withTinyRun([0, 4, 8], async ({ run, store }) => {
    const stepsOf = (opened: ModelNetworks, steps?: number[]) =>
      Array.fromAsync(opened.networks(steps), ({ step, sample }) => `${step}.${sample}`);
    const sampled = await openModelNetworks(run, options, store, [8, 0]);
    await extractModel(run, { options, store });
    const stored = await openModelNetworks(run, options, store, [8, 0]);
    for (const opened of [sampled, stored]) {
      assert.deepEqual(opened.steps, [0, 8]);
      assert.deepEqual([...opened.digests.keys()], [0, 8]);
      assert.deepEqual(await stepsOf(opened), ["0.0", "0.1", "8.0", "8.1"]);
      assert.deepEqual(await stepsOf(opened, [0]), ["0.0", "0.1"]);
    }
  }));

Deno.test("openModelNetworks() samples again where stored networks are of another checkpoint, of other options or incomplete", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    const sourceOf = async (more: object = {}) =>
      (await openModelNetworks(run, { ...options, ...more }, store)).source;
    await extractModel(run, { options, store });
    assert.equal(await sourceOf(), join(store, "nano-8"));
    assert.equal(await sourceOf({ samples: 1 }), run);
    assert.equal(await sourceOf({ edges: "sampled" }), run);
    const record = (await loadRecord(store, "nano-8", 4))!;
    await storeRecord(store, { ...record, sha256: "00".repeat(32) });
    assert.equal(await sourceOf(), run);
    await storeRecord(store, record);
    assert.equal(await sourceOf(), join(store, "nano-8"));
    await Deno.remove(join(store, "nano-8", "step4", "networks.json"));
    assert.equal(await sourceOf(), run);
  }));

Deno.test("openModelNetworks() refuses a name that is no run and not in the store", () =>
  withTinyRun([], async ({ folder, store }) => {
    await throwsError(
      () => openModelNetworks(join(folder, "none"), options, store),
      /none/,
    );
    await throwsError(() => openModelNetworks("nano-9", options, store), /nano-9/);
  }));

Deno.test("openModelNetworks() takes a folder of checkpoints before a stored model of the same name", () =>
  withTinyRun([0], async ({ run, store }) => {
    await extractModel(run, { options, store });
    // The store could not give it: one sample is asked for and two were stored.
    const other = { ...options, samples: 1 };
    const source = await runInFolder(
      dirname(run),
      `import { openModelNetworks } from "lib/runs/store/model_networks.ts";
      const [other, store] = ${JSON.stringify([other, store])};
      const result = (await openModelNetworks("nano-8", other, store)).source;`,
    );
    assert.equal(basename(String(source)), "nano-8");
  }));

Deno.test("nameOfModel() is the last part of a path, the name within the suite, or the stored model's", () =>
  withTinyRun([0], async ({ run, store }) => {
    assert.equal(await nameOfModel(run, store), "nano-8");
    assert.equal(await nameOfModel("suite:nano-64", store), "nano-64");
    await throwsError(() => nameOfModel("nano-8", store), /nano-8/);
    await extractModel(run, { options, store });
    assert.equal(await nameOfModel("nano-8", store), "nano-8");
  }));

const optionsOfStoredNetworks = tinyOptions();

function open(store: string, more: object = {}, steps?: number[]) {
  return openModelNetworks("nano-8", { ...optionsOfStoredNetworks, ...more }, store, steps);
}

Deno.test("stepsOfStoredModel() knows a name that can mean nothing but a model in the store", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    assert.equal(await stepsOfStoredModel(store, "nano-8"), null);
    await extractModel(run, { options: optionsOfStoredNetworks, store });
    assert.deepEqual(await stepsOfStoredModel(store, "nano-8"), [0, 4]);
    for (const name of ["nano-9", run, "./nano-8", "suite:nano-64"]) {
      assert.equal(await stepsOfStoredModel(store, name), null, name);
    }
    const beside = await runInFolder(
      dirname(run),
      `import { stepsOfStoredModel } from "lib/runs/store/model_networks.ts";
      const result = await stepsOfStoredModel(${JSON.stringify(store)}, "nano-8");`,
    );
    assert.equal(beside, null);
  }));

Deno.test("openModelNetworks() refuses stored networks of other options and incomplete steps", () =>
  withTinyRun([0, 4], async ({ run, store }) => {
    await extractModel(run, { options: optionsOfStoredNetworks, store });
    await throwsError(
      () => open(store, { edges: "sampled" }),
      /^the stored networks of nano-8 at step 0 were extracted with edges all, not sampled; give the same option/,
    );
    await throwsError(
      () => open(store, {}, [0, 16]),
      /^checkpoint step 16 of nano-8 is not there; steps: 0, 4$/,
    );
    await Deno.remove(join(store, "nano-8", "step4", "networks.json"));
    await throwsError(
      () => open(store),
      /step4 has no networks\.json, so its networks may be incomplete; extract them again$/,
    );
    await throwsError(
      () => open(store, {}, [4]),
      /^nano-8 cannot be measured without step 0/,
    );
  }));

Deno.test("openModelNetworks() has looked at every checkpoint of full networks, and has none to give whole", () =>
  withTinyRun([0, 4], async ({ run }) => {
    const opened = await openModelNetworks(run, { network: "full" }, "none");
    assert.equal(opened.model, "nano-8");
    assert.deepEqual(opened.steps, [0, 4]);
    assert.deepEqual([...opened.digests.keys()], [0, 4]);
    assert.equal(new Set(opened.digests.values()).size, 2);
    assert.deepEqual(opened.place, { kind: "run", name: run });
    assert.throws(() => opened.networks(), /^Error: a full network of nano-8 is measured part by/);
  }));

Deno.test("openModelNetworks() says the same of a run whether it is sampled or full, and samples it", () =>
  withTinyRun([0, 4], async ({ run }) => {
    const { networks, ...sampled } = await openModelNetworks(run, tinyOptions(), "none");
    const { networks: _, ...full } = await openModelNetworks(run, { network: "full" }, "none");
    assert.deepEqual({ ...sampled, run: null }, { ...full, run: null });
    const drawn = await Array.fromAsync(networks([4]), ({ step, sample }) => [step, sample]);
    assert.deepEqual(drawn, [[4, 0], [4, 1]]);
  }));
