import assert from "node:assert/strict";
import { dirname } from "node:path";
import type { CheckpointRun } from "../../../lib/checkpoints/checkpoint.ts";
import { openCheckpoint } from "../../../lib/checkpoints/open_checkpoint.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { findDuplicateSteps, stepDigests } from "../../../lib/checkpoints/duplicate_steps.ts";
import { sampleNetworks } from "../../../lib/networks/sample_networks.ts";
import { goldenNetwork } from "../../golden/golden_networks.ts";
import { syntheticCheckpoint, syntheticRun } from "../../golden/synthetic_checkpoint.ts";
import { filesBelow, openTestRun } from "../../helpers/hub_run.ts";
import {
  type Branches,
  commitOf,
  type HubServer,
  largeFile,
  servedFolder,
  serveHub,
  smallFile,
} from "../../helpers/hub_server.ts";
import { runInFolder } from "../../helpers/run_in_folder.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withEnvironment } from "../../helpers/with_environment.ts";
import { withFolder } from "../../helpers/with_folder.ts";

const repository = "EleutherAI/pythia-14m";
const name = `hf:${repository}`;
const published = { samples: 2, qkv: "reference", edges: "sampled" } as const;

/** A hub with two steps of the synthetic model, and in each file besides. */
async function pythiaBranches(): Promise<Branches> {
  const step0 = await servedFolder(await syntheticCheckpoint("pythia-14m", 0));
  const step512 = await servedFolder(await syntheticCheckpoint("pythia-14m", 512));
  const readme = { "README.md": smallFile("# Pythia"), "logs/x.txt": smallFile("x") };
  return { main: { ...readme, ...step512 }, step0: { ...readme, ...step0 }, step512 };
}

/** Run `test` with a hub that has the model, and an empty cache. */
async function withHub(
  test: (hub: HubServer, cache: string) => Promise<void>,
  branches?: Branches,
): Promise<void> {
  await using hub = serveHub(repository, branches ?? await pythiaBranches());
  await withFolder((cache) => test(hub, cache));
}

async function checkNetworks(run: CheckpointRun) {
  let count = 0;
  for await (const { step, sample, network } of sampleNetworks(run, published)) {
    assert.deepEqual(network, goldenNetwork("pythia-14m", step, sample), `${step}, ${sample}`);
    count++;
  }
  assert.equal(count, published.samples * run.steps.length);
}

Deno.test("a model's steps are its branches, and its networks those of the same files in folders", () =>
  withHub(async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    assert.deepEqual([run.model, run.source, run.steps], ["pythia-14m", name, [0, 512]]);
    assert.deepEqual(run.warnings, []);
    await checkNetworks(run);
    const folder = await openRun(await syntheticRun("pythia-14m", [0, 512]));
    for (const step of run.steps) {
      const far = await run.checkpoint(step), near = await folder.checkpoint(step);
      assert.equal(far.source, `${name}@step${step}`);
      assert.deepEqual(far.config, near.config);
      assert.deepEqual([...far.tensors], [...near.tensors]);
      assert.equal(await far.digest(), await near.digest());
    }
    await throwsError(
      () => run.checkpoint(1),
      /^checkpoint step 1 of pythia-14m is not there; steps: 0, 512$/,
    );
  }));

Deno.test("the environment alone leads openRun() to a hub, by bare Pythia names too", () =>
  withHub(async (hub, cache) => {
    await withEnvironment({ HF_ENDPOINT: hub.url, HF_HOME: cache }, async () => {
      const run = await openRun("pythia-14m");
      assert.equal(run.source, name);
      await checkNetworks(run);
      const checkpoint = await openCheckpoint(`${name}@step512`);
      assert.deepEqual([checkpoint.model, checkpoint.step], ["pythia-14m", 512]);
      const main = await openCheckpoint(name);
      assert.deepEqual([main.model, main.step, main.tensors.size], ["pythia-14m", null, 76]);
      assert.deepEqual(
        (await filesBelow(cache)).filter((file) => !/^hub\/neuromfa\//.test(file)),
        [],
      );
    });
  }));

Deno.test("a folder that has the name of a Pythia model is the folder", async () => {
  const folder = await syntheticRun("pythia-14m", [0]);
  const source = await runInFolder(
    dirname(folder),
    `import { openRun } from "lib/checkpoints/open_run.ts";
    const result = (await openRun("pythia-14m")).source;`,
  );
  assert.match(String(source), /^\/.*\/pythia-14m$/);
});

Deno.test("one pass brings the rows of all samples, and nothing is moved twice", () =>
  withHub(async (hub, cache) => {
    const plans: number[] = [], progress: [number, number][] = [];
    const run = await openTestRun(hub, name, cache, {
      onPlan: (step, plans_) => plans.push(step!, ...plans_.map(({ bytes }) => bytes)),
      onProgress: ({ moved, planned }) => progress.push([moved, planned]),
    });
    const checkpoint = await run.checkpoint(0);
    const opening = hub.bytes;
    const requests = [...checkpoint.tensors.values()].filter(({ shape }) => shape.length === 2)
      .map(({ name }) => ({ name, rows: [{ start: 3, end: 4 }, { start: 9, end: 12 }] }));
    const [plan] = await checkpoint.plan!(requests);
    await checkpoint.prefetch!(requests);
    assert.deepEqual(plans, [0, plan!.bytes]);
    assert.equal(hub.bytes - opening, plan!.bytes);
    assert.deepEqual(progress.at(-1), [plan!.bytes, plan!.bytes]);
    const near = await (await openRun(await syntheticRun("pythia-14m", [0]))).checkpoint(0);
    for (const { name, rows } of requests) {
      assert.deepEqual(await checkpoint.read(name, rows), await near.read(name, rows));
    }
    await (await run.checkpoint(0)).prefetch!(requests);
    const again = await (await openTestRun(hub, name, cache)).checkpoint(0);
    assert.deepEqual((await again.plan!(requests)).map(({ method }) => method), ["nothing"]);
    await again.prefetch!(requests);
    assert.equal(hub.bytes - opening, plan!.bytes);
    assertDisjoint(hub);
  }));

function assertDisjoint({ sent }: HubServer) {
  const ranges = sent.filter(({ path }) => path.endsWith(".safetensors"))
    .toSorted((a, b) => a.start - b.start);
  ranges.slice(1).forEach(({ start }, i) => assert.ok(start >= ranges[i]!.end, `${start} twice`));
}

Deno.test("the hub redirects once for a file, however many ranges are read", () =>
  withHub(async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    await Array.fromAsync(sampleNetworks(run, { ...published, steps: [0] }));
    const redirected = hub.requests.filter((request) => request === "resolve model.safetensors");
    assert.equal(redirected.length, 1);
    assert.ok(hub.requests.filter((request) => request === "storage model.safetensors").length > 5);
  }));

Deno.test("an address that is no longer valid is asked for again", () =>
  withHub(async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    await run.checkpoint(0);
    hub.expireAddresses();
    await checkNetworks(run);
    const resolved = hub.requests.filter((request) => request === "resolve model.safetensors");
    assert.equal(resolved.length, 3);
  }));

Deno.test("what was read is read again without the network", () =>
  withHub(async (hub, cache) => {
    await checkNetworks(await openTestRun(hub, name, cache));
    const requests = hub.requests.length;
    const offline = await openTestRun({ url: "http://127.0.0.1:9" }, name, cache, {
      offline: true,
    });
    await checkNetworks(offline);
    assert.equal(hub.requests.length, requests);
    const other = sampleNetworks(offline, { ...published, samples: 3 });
    await throwsError(
      () => Array.fromAsync(other),
      /^\d+ bytes of hf:.*@step0\/model.safetensors are not in .*, and HF_HUB_OFFLINE is set; run/,
    );
    await throwsError(
      () => openTestRun(hub, "hf:EleutherAI/pythia-31m", cache, { offline: true }),
      /^what the hub says of EleutherAI\/pythia-31m is not in .*, and HF_HUB_OFFLINE is set; run once/,
    );
  }));

Deno.test("a file that another tool has downloaded is not moved", () =>
  withHub(async (hub, cache) => {
    const branches = await pythiaBranches();
    const files = branches.step0!;
    const commit = commitOf(repository, files);
    const snapshot = `${cache}/models--EleutherAI--pythia-14m/snapshots/${commit}`;
    await Deno.mkdir(snapshot, { recursive: true });
    const weights = files["model.safetensors"]!;
    await Deno.writeFile(`${snapshot}/model.safetensors`, weights.bytes(0, weights.size));
    const run = await openTestRun(hub, `${name}@step0`, cache);
    await checkNetworks(run);
    assert.equal(await (await run.checkpoint(0)).digest(), weights.sha256);
    assert.deepEqual(hub.sent.map(({ path }) => path), ["config.json"]);
  }));

Deno.test("the token goes to the hub and not to the storage", () =>
  withHub(async (hub, cache) => {
    hub.faults.token = "secret";
    await checkNetworks(await openTestRun(hub, name, cache, { token: "secret" }));
    assert.ok(hub.storageHeaders.length > 0);
  }));

Deno.test("checkpoint folders of the main branch are the steps where no branch is one", async () => {
  const branches = await pythiaBranches();
  const folder = (step: string, name: string) =>
    Object.fromEntries(
      Object.entries(branches[step]!).map(([path, file]) => [`${name}/${path}`, file]),
    );
  const main = {
    ...folder("step0", "checkpoint-0"),
    ...folder("step512", "checkpoint-512"),
    "README.md": smallFile("x"),
  };
  await withHub(async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    assert.deepEqual(run.steps, [0, 512]);
    await checkNetworks(run);
    assert.equal((await run.checkpoint(512)).source, `${name}@main/checkpoint-512`);
  }, { main, other: {} });
});

Deno.test("step folders within one folder are the steps, and within several a pattern chooses", async () => {
  const branches = await pythiaBranches();
  const inside = (step: string, name: string) =>
    Object.fromEntries(
      Object.entries(branches[step]!).map(([path, file]) => [`${name}/${path}`, file]),
    );
  const seed1 = {
    ...inside("step0", "runs/seed1/step0"),
    ...inside("step512", "runs/seed1/step512"),
    "README.md": smallFile("x"),
  };
  await withHub(async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    assert.deepEqual(run.steps, [0, 512]);
    await checkNetworks(run);
    assert.equal((await run.checkpoint(512)).source, `${name}@main/runs/seed1/step512`);
  }, { main: seed1 });
  const both = { ...seed1, ...inside("step512", "runs/seed2/step512") };
  await withHub(async (hub, cache) => {
    await throwsError(
      () => openTestRun(hub, name, cache),
      /^hf:EleutherAI\/pythia-14m has steps in 2 folders: runs\/seed1\/, runs\/seed2\/; choose those of one by a regular expression for their paths, such as stepsPattern runs\/seed1\/step\(\\d\+\) \(--steps_pattern\)$/,
    );
    const stepsPattern = String.raw`runs/seed2/step(\d+)`;
    const run = await openTestRun(hub, name, cache, { stepsPattern });
    assert.deepEqual(run.steps, [512]);
    assert.equal((await run.checkpoint(512)).source, `${name}@main/runs/seed2/step512`);
  }, { main: both });
});

Deno.test("files of the main branch are the steps where neither branches nor folders are", async () => {
  const branches = await pythiaBranches();
  const weights = (step: string) => branches[step]!["model.safetensors"]!;
  const main = {
    "config.json": branches.step0!["config.json"]!,
    "model_0.safetensors": weights("step0"),
    "model_512.safetensors": weights("step512"),
    "optimizer_512.pt": smallFile("x"),
  };
  await withHub(async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    assert.deepEqual(run.steps, [0, 512]);
    await checkNetworks(run);
    assert.equal((await run.listedDigests!(512)).length, 1);
  }, { main });
});

Deno.test("branches are named as families publish them, one rule for folders and branches", async () => {
  const { step0, step512 } = await pythiaBranches();
  const named = { ckpt_000: step0!, ckpt_512: step512!, "stage2-step5": {}, main: {} };
  await withHub(async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    assert.deepEqual(run.steps, [0, 512]);
    assert.equal((await run.checkpoint(512)).source, `${name}@ckpt_512`);
  }, named);
});

Deno.test("a revision is a run of one step where its name tells one", () =>
  withHub(async (hub, cache) => {
    const run = await openTestRun(hub, `${name}@step512`, cache);
    assert.deepEqual([run.model, run.steps], ["pythia-14m", [512]]);
    await throwsError(
      () => openTestRun(hub, `${name}@main`, cache),
      /^hf:.*@main has no training steps: looked for folders or files named step1000.* in main and found/,
    );
    await throwsError(
      () => openTestRun(hub, `${name}@none`, cache),
      /revision\/none answered 404: there is no such model, revision or file; check the name/,
    );
  }));

Deno.test("a model without steps says what was looked for and found", () =>
  withHub(async (hub, cache) => {
    await throwsError(
      () => openTestRun(hub, name, cache),
      /has no training steps: looked for branches named step1000.* and found main, dev; for folders or files/,
    );
  }, { main: { "config.json": smallFile("{}") }, dev: {} }));

Deno.test("sharded weights are read from all their files", async () => {
  const step0 = await servedFolder(await syntheticCheckpoint("pythia-14m", 0));
  await withFolder(async (folder) => {
    const run = await openRun(await syntheticRun("pythia-14m", [0]));
    const { tensors, read } = await run.checkpoint(0);
    const { writeSafetensors } = await import("../../../lib/checkpoints/write_safetensors.ts");
    const names = [...tensors.keys()], map: Record<string, string> = {};
    for (const part of [1, 2]) {
      const file = `model-0000${part}-of-00002.safetensors`;
      const some = names.filter((_, i) => i % 2 === part - 1);
      const values = await Promise.all(some.map(async (name) => ({ name, ...await read(name) })));
      await writeSafetensors(`${folder}/${file}`, values);
      for (const tensor of some) map[tensor] = file;
    }
    const index = smallFile(JSON.stringify({ weight_map: map }));
    const shards = await servedFolder(folder);
    const files = { "config.json": step0["config.json"]!, "model.safetensors.index.json": index };
    await withHub(async (hub, cache) => {
      const run = await openTestRun(hub, name, cache);
      await checkNetworks(run);
      const digests = Object.values(shards).map(({ sha256 }) => `sha256-${sha256}`);
      assert.deepEqual((await run.listedDigests!(0)).toSorted(), digests.toSorted());
    }, { step0: { ...files, ...shards } });
  });
});

Deno.test("steps that hold the same weights are found from the listings alone", async () => {
  const branches = await pythiaBranches();
  await withHub(async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    const digests = await stepDigests(run, run.steps);
    const duplicates = findDuplicateSteps(digests);
    assert.deepEqual(duplicates.map(({ steps }) => steps), [[0, 1000, 143000]]);
    assert.equal(hub.bytes, 0);
  }, { ...branches, step1000: branches.step0!, step143000: branches.step0! });
});

Deno.test("a step without weights is named with the steps that have some, and hides no other", async () => {
  const branches = await pythiaBranches();
  await withHub(async (hub, cache) => {
    const run = await openTestRun(hub, name, cache);
    await assert.rejects(
      run.checkpoint(2000),
      /^Error: step 2000 of pythia-14m has no weights: hf:.*@step2000 is no checkpoint: .*; the steps with weights are --steps 0,512$/,
    );
    assert.equal((await run.checkpoint(512)).step, 512);
    assert.equal((await stepDigests(run, run.steps)).get(2000)!.length, 0);
  }, {
    step0: branches.step0!,
    step512: branches.step512!,
    step2000: { "config.json": smallFile("{}") },
  });
});

Deno.test("6.9b and 12b carry the warning of their initialisation", async () => {
  for (const [model, count] of [["6.9b-deduped", 1], ["12b", 1], ["2.8b", 0]] as const) {
    const step0 = { "config.json": smallFile("{}"), "model.safetensors": largeFile("x") };
    await using hub = serveHub(`EleutherAI/pythia-${model}`, { step0 });
    await withFolder(async (cache) => {
      const run = await openTestRun(hub, `hf:EleutherAI/pythia-${model}`, cache);
      assert.equal(
        run.warnings!.filter((text) => /initialised differently/.test(text)).length,
        count,
      );
    });
  }
});
