import assert from "node:assert/strict";
import { join } from "node:path";
import { syntheticCheckpoint, syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { type HubServer, servedFolder, serveHub } from "../helpers/hub_server.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { writeMiniSlurm } from "../e2e/slurm/mini_slurm.ts";
import {
  filesBelow,
  neuromfa,
  neuromfaWith,
  sourceless,
  spawnNeuromfa,
} from "../e2e/neuromfa_command.ts";

const repository = "EleutherAI/pythia-14m";
const steps = [0, 512, 1000, 143000] as const;
const quick = ["--q=-1:1:0.5"];
const sampling = [
  ...["--sample_num", "2", "--convention", "reference", "--steps", steps.join(","), ...quick],
];

/** The model's steps as the branches of a hub. */
async function branches() {
  const folders = await Promise.all(
    steps.map(async (step) => [
      `step${step}`,
      await servedFolder(await syntheticCheckpoint("pythia-14m", step)),
    ]),
  );
  return { main: {}, ...Object.fromEntries(folders) };
}

Deno.test("a model on the hub gives the tables of the same files in a folder, by HF_ENDPOINT alone", () =>
  withFolder(async (folder) => {
    await using hub = serveHub(repository, await branches());
    const at = (out: string) => ["--out", join(folder, out), "--networks", join(folder, "none")];
    const environment = { HF_ENDPOINT: hub.url, HF_HOME: join(folder, "hf") };
    const far = ["--models", `hf:${repository}`, ...sampling];
    const first = await neuromfaWith(environment, ...far, ...at("far"));
    assert.equal(first.code, 0, first.stderr);
    assert.match(
      first.stderr,
      /to be moved: [\d.]+ [kM]B of [\d.]+ MB \([\d.]+ %\).* in [\d,]+ requests?, about/,
    );

    const near = await neuromfa(
      "--models",
      await syntheticRun("pythia-14m", steps),
      ...sampling,
      ...at("near"),
    );
    assert.equal(near.code, 0, near.stderr);
    assert.deepEqual(
      await resultsBelow(join(folder, "far")),
      await resultsBelow(join(folder, "near")),
    );

    const before = hub.bytes;
    const offline = await neuromfaWith(
      { ...environment, HF_HUB_OFFLINE: "1" },
      ...far,
      ...at("offline"),
    );
    assert.equal(offline.code, 0, offline.stderr);
    assert.equal(hub.bytes, before);
    assert.deepEqual(
      await resultsBelow(join(folder, "offline")),
      await resultsBelow(join(folder, "near")),
    );
  }));

/** The files of a run, whose record does not say what the checkpoints were found by. */
async function resultsBelow(folder: string): Promise<Map<string, Uint8Array | string>> {
  const files: Map<string, Uint8Array | string> = await filesBelow(folder);
  const path = "emergence/pythia-14m/run.json";
  const record = new TextDecoder().decode(files.get(path) as Uint8Array);
  return files.set(path, sourceless(record));
}

/** The ranges among some that hold a byte of an earlier one. */
function movedTwice(sent: HubServer["sent"]): HubServer["sent"] {
  return sent.filter((range, i) =>
    sent.slice(0, i).some(({ oid, start, end }) =>
      oid === range.oid && start < range.end && range.start < end
    )
  );
}

/** The number of bytes of some ranges. */
function bytesOf(sent: HubServer["sent"]): number {
  return sent.reduce((sum, { start, end }) => sum + end - start, 0);
}

Deno.test({
  name:
    "parts of a submitted run that share a cache move no byte twice, ask only for the steps that they measure, and merge into the tables of a whole run",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      await using hub = serveHub(repository, await branches());
      const weights = () => hub.sent.filter(({ path }) => path.endsWith(".safetensors"));
      const slurm = await writeMiniSlurm(join(folder, "bin")), out = join(folder, "out");
      await slurm.breakTasks(1, 2, 3, 4);
      const environment = {
        ...slurm.environment,
        ...{ HF_ENDPOINT: hub.url, HF_HOME: join(folder, "hf") },
      };
      const far = ["--models", `hf:${repository}`, ...sampling];
      const submitted = await neuromfaWith(
        environment,
        ...["slurm", ...far, "--array", "4", "--out", out],
      );
      assert.equal(submitted.code, 0, submitted.stderr);
      const before = hub.requests.length;
      const parts = await Promise.all([1, 2, 3, 4].map((k) =>
        neuromfaWith(
          environment,
          ...far,
          ...["--shard", `${k}/4`, "--out", out]
            .concat(["--plans", join(out, "slurm", "plans"), "--workers", "1"]),
        )
      ));
      for (const { code, stderr } of parts) {
        assert.equal(code, 0, stderr);
      }
      assert.deepEqual(movedTwice(weights()), []);
      // Each part lists the one step that it measures.
      const listed = hub.requests.slice(before).filter((request) => request.startsWith("tree"));
      assert.ok(listed.length <= 3 * parts.length, listed.join());
      const merged = await neuromfa("merge", "--out", out);
      assert.equal(merged.code, 0, merged.stderr);
      const near = join(folder, "near");
      const whole = await neuromfa(
        ...["--models", await syntheticRun("pythia-14m", steps), ...far.slice(2), "--out", near],
      );
      assert.equal(whole.code, 0, whole.stderr);
      const found = async (folder: string) =>
        [...await filesBelow(folder)].filter(([path]) => !path.startsWith("slurm"))
          .map(([path, bytes]) => [path, sourceless(new TextDecoder().decode(bytes))]);
      assert.deepEqual(await found(out), await found(near));
    }),
});

Deno.test("workers move no byte of their own, for samples and for full networks", () =>
  withFolder(async (folder) => {
    await using hub = serveHub(repository, await branches());
    const weights = () => hub.sent.filter(({ path }) => path.endsWith(".safetensors"));
    const full = ["--network", "full", "--steps", steps.slice(0, 2).join(","), ...quick];
    for (const [name, args] of [["sampled", sampling], ["full", full]] as const) {
      const moved: number[] = [];
      for (const workers of ["1", "2", "auto"]) {
        const before = weights().length, home = join(folder, `hf-${name}-${workers}`);
        const ended = await neuromfaWith(
          { HF_ENDPOINT: hub.url, HF_HOME: home },
          ...["--models", `hf:${repository}`, ...args, "--networks", join(folder, "none")],
          ...["--out", join(folder, `${name}-${workers}`)],
          ...workers === "auto" ? [] : ["--workers", workers],
        );
        assert.equal(ended.code, 0, ended.stderr);
        const sent = weights().slice(before);
        assert.deepEqual(movedTwice(sent), [], `${workers} workers`);
        moved.push(bytesOf(sent));
        assert.deepEqual(
          await filesBelow(join(folder, `${name}-${workers}`)),
          await filesBelow(join(folder, `${name}-1`)),
        );
      }
      const [alone, two, auto] = moved;
      assert.ok(alone! > 0);
      // What lies between is fetched too where the link, on a busy machine, was found to be slow.
      assert.ok(two! <= 1.5 * alone!, `${two} bytes with two workers, ${alone} without`);
      assert.ok(auto! <= 1.5 * alone!, `${auto} bytes by default, ${alone} without workers`);
    }
  }));

Deno.test("null models move each byte once, whatever the number of draws and workers, and the plan tells of it before", () =>
  withFolder(async (folder) => {
    await using hub = serveHub(repository, await branches());
    const weights = () => hub.sent.filter(({ path }) => path.endsWith(".safetensors"));
    const moved = async (name: string, ...args: string[]) => {
      const before = weights().length;
      const ended = await neuromfaWith(
        { HF_ENDPOINT: hub.url, HF_HOME: join(folder, `hf-${name}`) },
        ...["--models", `hf:${repository}`, "--sample_num", "1", "--layer_sample", "16"],
        ...["--convention", "reference", "--steps", "0,1000", "--q=-1:1:0.5", ...args],
        ...["--networks", join(folder, "none"), "--out", join(folder, name)],
      );
      assert.equal(ended.code, 0, ended.stderr);
      const sent = weights().slice(before);
      const [, told] = /to be moved: ([\d.]+) MB of/.exec(ended.stderr) ?? [];
      return {
        told: 1e6 * Number(told),
        sent,
        bytes: bytesOf(sent),
      };
    };
    const none = await moved("none");
    const [one, many] = [
      await moved("one", "--null", "permute", "--null_draws", "1", "--workers", "1"),
      await moved("many", "--null", "permute", "--null_draws", "4", "--workers", "2"),
    ];
    const rescaled = await moved("rescale", "--null", "rescale", "--workers", "2");
    assert.ok(one.bytes > 1.2 * none.bytes, `${one.bytes} bytes, ${none.bytes} without a null`);
    // What is fetched together depends on how fast the link was found to be, on a busy machine too.
    for (const { bytes, told } of [one, many, rescaled]) {
      assert.ok(Math.abs(told / bytes - 1) < 0.25, `${told} bytes were announced, ${bytes} moved`);
      assert.ok(Math.abs(bytes / one.bytes - 1) < 0.25, `${bytes} bytes, not ${one.bytes}`);
    }
    for (const { sent } of [one, many, rescaled]) assert.deepEqual(movedTwice(sent), []);
  }));

Deno.test("a killed run goes on without moving a byte of the weights twice", () =>
  withFolder(async (folder) => {
    await using hub = serveHub(repository, await branches());
    const environment = { HF_ENDPOINT: hub.url, HF_HOME: join(folder, "hf") };
    const args = ["--models", `hf:${repository}`, ...sampling, "--out", join(folder, "out")];
    const process = spawnNeuromfa(environment, ...args);
    const weights = () => hub.sent.filter(({ path }) => path.endsWith(".safetensors"));
    const { promise: killed, resolve } = Promise.withResolvers<void>();
    // Some have come by then, of more than one step.
    hub.faults.answer = ({ kind, earlier }) => {
      if (kind === "storage" && earlier === 60) {
        process.kill("SIGKILL");
        resolve();
      }
      return null;
    };
    await Promise.race([killed, process.status]);
    assert.equal((await process.status).signal, "SIGKILL");
    delete hub.faults.answer;
    const before = weights();
    const again = await neuromfaWith(environment, ...args);
    assert.equal(again.code, 0, again.stderr);
    const after = weights().slice(before.length);
    const twice = before.filter((one) =>
      after.some(({ oid, start, end }) => oid === one.oid && start < one.end && one.start < end)
    );
    // Only what was under way at that moment, or sent and not yet written, may be asked for again.
    assert.ok(twice.length <= 24, `${twice.length} of ${before.length} ranges were moved again`);
  }));

Deno.test("revisions with the same weights stop the run with their names, or are marked", () =>
  withFolder(async (folder) => {
    const good = await branches() as Record<string, Awaited<ReturnType<typeof servedFolder>>>;
    await using hub = serveHub(repository, { ...good, step512: good["step143000"]! });
    const environment = { HF_ENDPOINT: hub.url, HF_HOME: join(folder, "hf") };
    const args = ["--models", `hf:${repository}`, ...sampling, "--out", join(folder, "out")];
    const stopped = await neuromfaWith(environment, ...args);
    assert.equal(stopped.code, 1);
    assert.match(stopped.stderr, /steps 512 and 143000 of pythia-14m hold the same weights/);
    await assert.rejects(Deno.stat(join(folder, "out")), Deno.errors.NotFound);
    const allowed = await neuromfaWith(environment, ...args, "--allow_duplicates");
    assert.equal(allowed.code, 0, allowed.stderr);
    const table = await Deno.readTextFile(join(folder, "out/emergence/E_pythia-14m.csv"));
    assert.match(table, /^512,.*; same weights as step 143000"?$/m);
    assert.match(table, /^1000,[^;]*needs 5"$/m);
  }));
