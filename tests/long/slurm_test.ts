/** Runs on a cluster: Slurm with two nodes on this machine, and what the guide to it says. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFiles } from "../../lib/files/list_files.ts";
import { inCi } from "../e2e/jupyter.ts";
import { type Ended, filesBelow, neuromfa, neuromfaWith } from "../e2e/neuromfa_command.ts";
import { type Cluster, diskOf, removeDisk, whyNoSlurm, withCluster } from "../e2e/slurm/cluster.ts";

const why = await whyNoSlurm();
if (why !== undefined && !inCi) {
  console.log(`Nothing runs on a cluster: ${why}; in Debian install slurm-wlm and munge, as root.`);
}
const ignore = why !== undefined && !inCi;

const suite = fileURLToPath(new URL("../../data/suite/nano-32", import.meta.url));

/** Wait for something to happen, for five minutes at most. */
async function until(what: string, happened: () => Promise<boolean>): Promise<void> {
  for (const began = Date.now(); !await happened();) {
    assert.ok(Date.now() - began < 300_000, `${what} did not happen within five minutes`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

/** The states of all tasks and jobs. */
async function states({ run }: Cluster): Promise<Map<string, string>> {
  const lines = await run("squeue", "--noheader", "--array", "--states=all", "--format=%i %T");
  return new Map(lines.trim().split("\n").map((line) => line.split(" ") as [string, string]));
}

/** Wait until no job runs or waits. */
function untilAllEnded(cluster: Cluster): Promise<void> {
  return until(
    "the end of all jobs",
    async () =>
      [...(await states(cluster)).values()].every((state) =>
        !/^(PENDING|RUNNING|COMPLETING|CONFIGURING)$/.test(state)
      ),
  );
}

/** The names of a folder's units. */
async function unitsIn(out: string): Promise<string[]> {
  return (await listFiles(join(out, "units"))).filter((path) => path.endsWith(".safetensors"));
}

/** The files of a folder of results, but for those of the submission. */
async function tablesIn(out: string): Promise<Map<string, Uint8Array>> {
  return new Map([...await filesBelow(out)].filter(([path]) => !path.startsWith("slurm")));
}

/** What was printed, with every number and folder of one run as in another. */
function masked(text: string, out = "/tmp/cluster"): string {
  return text.replaceAll(out, "/tmp/cluster").replaceAll(/\d\d\d\d-\d\d-\d\dT[\d:]+/g, "TIME")
    .replaceAll(/\d+/g, "#").trim();
}

Deno.test({
  name:
    "the guide's run on a cluster goes as it says: a part is killed half-way, named by status and submitted again, and the tables are those of a run without Slurm",
  ignore,
  fn: () =>
    withCluster(async (cluster, folder) => {
      assert.equal(why, undefined, "where CI is set, Slurm must be there");
      const guide = await Deno.readTextFile(
        new URL("../../lib/cli/slurm/README.md", import.meta.url),
      );
      const out = join(folder, "out");
      const steps = [...guide.matchAll(/^```(sh|text)\n([^]*?)^```/gm)]
        .map(([, kind, text]) => ({ kind, text: text! }));
      let printed = "";
      let commands = 0;
      for (const { kind, text } of steps) {
        if (kind === "text") {
          assert.equal(masked(printed, out), masked(text));
          continue;
        }
        printed = "";
        for (const line of text.trimEnd().replaceAll("\\\n", " ").split("\n")) {
          const [program, ...words] = line.replaceAll("/tmp/cluster", out).split(/ +/);
          commands++;
          if (program === "scancel") {
            // Half-way: some units of the second part are there, and more are to come.
            await until("the second part", async () => {
              const there = await unitsIn(out);
              return there.filter((path) => path.includes("step512/")).length > 20;
            });
            await cluster.run(program, ...words);
            await until("its end", async () => (await states(cluster)).get("1_2") === "FAILED");
            continue;
          }
          assert.deepEqual([program, ...words.slice(0, 2)], ["deno", "task", "neuromfa"]);
          if (words.includes("status")) await untilAllEnded(cluster);
          const ended: Ended = await neuromfaWith(cluster.environment, ...words.slice(2));
          assert.ok([0, 2].includes(ended.code), ended.stderr);
          printed += ended.stdout;
        }
      }
      assert.ok(commands >= 5, `${commands} commands`);
      const [, given] = /^deno task neuromfa slurm (--models [^]*?) --array/m.exec(guide)!;
      const plain = join(folder, "plain");
      const alone = await neuromfa(...given!.replaceAll("\\\n", " ").split(/ +/), "--out", plain);
      assert.equal(alone.code, 0, alone.stderr);
      assert.deepEqual(await tablesIn(out), await filesBelow(plain));
    }),
});

/** A run of two parts that takes some seconds with so many draws of its null model. */
const someRun = (draws: number) =>
  ["--models", suite, "--steps", "0,4096", "--network", "full"]
    .concat(["--null", "permute", "--null_draws", `${draws}`]);
/** One that fills a small disk, and one that still runs when another submission has been planned. */
const [shortRun, longRun] = [someRun(20), someRun(80)];

/** What a run without Slurm writes. */
async function plainTables(
  folder: string,
  run: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const { code, stderr } = await neuromfa(...run, "--out", join(folder, "plain"));
  assert.equal(code, 0, stderr);
  return await filesBelow(join(folder, "plain"));
}

Deno.test({
  name: "a part that is told to end leaves its units and says so, and goes on when submitted again",
  ignore,
  fn: () =>
    withCluster(async (cluster, folder) => {
      const out = join(folder, "out");
      const call = (...args: string[]) => neuromfaWith(cluster.environment, "slurm", ...args);
      const submitted = await call(...longRun, "--array", "2", "--out", out);
      assert.equal(submitted.code, 0, submitted.stderr);
      await until("the first units", async () => (await unitsIn(out)).length > 0);
      const twice = await call(...longRun, "--array", "2", "--out", out);
      assert.match(twice.stderr, /job 1 works for \S+ already; wait for it, end it by scancel 1/);
      await cluster.run("scancel", "1_1");
      await untilAllEnded(cluster);
      const status = await call("status", "--out", out);
      assert.equal(status.code, 2, status.stderr);
      assert.match(status.stdout, /^1 of 2 parts of nano-32 are done, 1 failed\n/);
      assert.match(
        status.stdout,
        /part 1: \d+ of \d+ units are missing, .* ended as CANCELLED; its last words: stopped; what was measured of nano-32 is in \S+units\/nano-32, and the same command/,
      );
      const again = await call("status", "--resubmit", "--out", out);
      assert.equal(again.code, 0, again.stderr);
      await untilAllEnded(cluster);
      const done = await call("status", "--out", out);
      assert.match(done.stdout, /^all 2 parts are merged/);
      assert.deepEqual(await tablesIn(out), await plainTables(folder, longRun));
    }),
});

Deno.test({
  name: "a part on a full disk says so, and goes on when there is room",
  ignore,
  fn: () =>
    withCluster(async (cluster, folder) => {
      const out = join(folder, "out");
      await Deno.mkdir(out);
      if (!await diskOf(out, "600k")) {
        console.log("No disk can be full here: nothing may be mounted.");
        return;
      }
      try {
        const call = (...args: string[]) => neuromfaWith(cluster.environment, "slurm", ...args);
        const submitted = await call(...shortRun, "--array", "2", "--out", out);
        assert.equal(submitted.code, 0, submitted.stderr);
        await untilAllEnded(cluster);
        const status = await call("status", "--out", out);
        assert.equal(status.code, 2, status.stderr);
        assert.match(status.stdout, /^0 of 2 parts of nano-32 are done, 2 failed\n/);
        assert.match(
          status.stdout,
          /its last words: .* cannot be written: the disk is full; make room and start again; units that are there/,
        );
        assert.ok((await unitsIn(out)).length > 0);
        assert.ok(await diskOf(out, "64m"));
        const again = await call("status", "--resubmit", "--out", out);
        assert.equal(again.code, 0, again.stderr);
        await untilAllEnded(cluster);
        assert.deepEqual(await tablesIn(out), await plainTables(folder, shortRun));
      } finally {
        await removeDisk(out);
      }
    }),
});
