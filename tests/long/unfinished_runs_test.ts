import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { listFiles } from "../../lib/files/list_files.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";
import {
  filesBelow,
  neuromfa,
  spawnHeardNeuromfa,
  spawnNeuromfa,
} from "../e2e/neuromfa_command.ts";

const suite = fileURLToPath(new URL("../../data/suite/nano-32", import.meta.url));
const model = ["--models", suite, "--steps", "0,512,4096", "--q=-2:2:0.5"];
const nulls = ["--null", "permute", "--null_draws", "2"];
const sampled = [...model, "--sample_num", "4", "--layer_sample", "8"];
const full = [...model, "--network", "full"];
const nulled = [...model, "--sample_num", "2", "--layer_sample", "8", ...nulls];
const fullNulled = [...full, ...nulls];
const all = { sampled, full, nulled, fullNulled };

/** Where a run reads and writes below a folder. */
function at(folder: string, name: string): string[] {
  return ["--out", join(folder, name), "--networks", join(folder, "none")];
}

/** The files that undisturbed runs write by one worker, each run once for all tests. */
const undisturbed = new Map<readonly string[], Promise<Map<string, Uint8Array>>>();

/** What a run writes that nothing disturbs. */
function filesOf(args: readonly string[]): Promise<Map<string, Uint8Array>> {
  return undisturbed.getOrInsertComputed(args, async () => {
    const files = Promise.withResolvers<Map<string, Uint8Array>>();
    await withFolder(async (folder) => {
      const { code, stdout, stderr } = await neuromfa(
        ...args,
        "--workers",
        "1",
        ...at(folder, "one"),
      );
      assert.equal(code, 0, stderr);
      assert.match(stdout, /wrote/);
      files.resolve(await filesBelow(join(folder, "one")));
    });
    return files.promise;
  });
}

/** Numbers from 0 to 1 that are the same in every run of the tests. */
function* seeded(seed: number): Generator<number, never, void> {
  for (let state = seed;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Kill a process as soon as so many things have happened to the files below a folder, unless it ends before. */
async function killAfter(
  changes: number,
  folder: string,
  start: () => Deno.ChildProcess,
): Promise<Deno.CommandStatus> {
  await Deno.mkdir(folder, { recursive: true });
  using watcher = Deno.watchFs(folder);
  const process = start();
  const ended = process.status.finally(() => watcher.close());
  let left = changes;
  for await (const _ of watcher) if (--left === 0) process.kill("SIGKILL");
  return await ended;
}

/** Kill a run at random moments and start it again, as often as asked for; whenever one ends, compare what it wrote. */
async function killAndResume(
  args: readonly string[],
  workers: number,
  kills: number,
  seed: number,
): Promise<void> {
  const expected = await filesOf(args);
  assert.ok(expected.size > 4);
  await withFolder(async (folder) => {
    const random = seeded(seed);
    let killed = 0, ended = 0, kept = 0;
    while (killed < kills || ended === 0) {
      const out = join(folder, `out${ended}`);
      // Something is written ten times or more in a run; of one that is nearly done, fewer are left.
      const changes = killed < kills ? 1 + Math.floor(20 * random.next().value) : Infinity;
      const line = [...args, "--workers", `${workers}`, ...at(folder, `out${ended}`)];
      const { signal, code } = await killAfter(changes, out, () => spawnNeuromfa({}, ...line));
      const files = await filesBelow(out);
      if (signal === "SIGKILL") {
        killed++;
        kept += [...files.keys()].filter((path) => path.startsWith("units")).length;
        continue;
      }
      assert.equal(code, 0);
      assert.deepEqual([...files.keys()], [...expected.keys()], `after ${killed} kills`);
      assert.deepEqual(files, expected, `after ${killed} kills`);
      ended++;
    }
    assert.ok(kept > 0, "no kill fell into the measuring");
  });
}

Deno.test("a run killed at ten random moments and started again writes the tables of an undisturbed one", () =>
  killAndResume(sampled, 1, 10, 1));

Deno.test("a run of full networks by two workers, killed at ten random moments and started again, does so too", () =>
  killAndResume(full, 2, 10, 2));

Deno.test("a run with a null model by two workers, killed at four random moments and started again, does so too", () =>
  killAndResume(nulled, 2, 4, 3));

Deno.test("a run goes on where it was stopped: only what is missing is measured", () =>
  withFolder(async (folder) => {
    const args = [...sampled, ...at(folder, "out"), "--workers", "1"];
    const part = await neuromfa(...args, "--shard", "1/2");
    assert.equal(part.code, 0, part.stderr);
    assert.match(
      part.stdout,
      /^part 1 of 2 of nano-32 is measured: 4 of 12 units are in .*merge --out/,
    );
    const left = [".x.partial", "emergence/.E_nano-32.csv.x.partial"]
      .concat(["emergence/nano-32/.spectra.csv.x.partial", "nfd/nano-32/.run.json.x.partial"])
      .concat([
        "units/nano-32/step512/.sample1-0.x.partial",
        "units/nano-32/.plan.x.partial",
      ]);
    for (const path of left) {
      await Deno.mkdir(dirname(join(folder, "out", path)), { recursive: true });
      await Deno.writeTextFile(join(folder, "out", path), "half");
    }
    const rest = await neuromfa(...args);
    assert.equal(rest.code, 0, rest.stderr);
    assert.match(rest.stderr, / 4\/12 networks/);
    assert.doesNotMatch(rest.stderr, / 0\/12 networks/);
    assert.deepEqual(await filesBelow(join(folder, "out")), await filesOf(sampled));
  }));

Deno.test("two processes at once in one folder write the tables of one, and leave nothing else", () =>
  withFolder(async (folder) => {
    const runs = await Promise.all(
      [sampled, sampled].map((args) => neuromfa(...args, "--workers", "1", ...at(folder, "both"))),
    );
    for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
    assert.deepEqual(await filesBelow(join(folder, "both")), await filesOf(sampled));
  }));

Deno.test("parts measured in folders of their own merge into the tables of one run, and no missing one is passed over", () =>
  withFolder(async (folder) => {
    for (const [name, args] of Object.entries({ sampled, full, nulled })) {
      const folders = [1, 2, 3].map((k) => join(folder, `${name}${k}`));
      const merge = (from: readonly string[]) =>
        neuromfa("merge", "--from", from.join(","), "--out", join(folder, `${name}-merged`));
      for (const k of [1, 3]) {
        const part = await neuromfa(...args, "--shard", `${k}/3`, ...at(folder, `${name}${k}`));
        assert.equal(part.code, 0, part.stderr);
      }
      const early = await merge(folders);
      assert.equal(early.code, 1);
      const first = name === "full" ? /layer \d+/ : /sample 0/;
      assert.match(
        early.stderr,
        /^\d+ of \d+ units of nano-32 are missing, the first is step 512/,
      );
      assert.match(early.stderr, first);
      assert.deepEqual([...(await filesBelow(join(folder, `${name}-merged`))).keys()], []);
      await neuromfa(...args, "--shard", "2/3", ...at(folder, `${name}2`));
      const merged = await merge(folders);
      assert.equal(merged.code, 0, merged.stderr);
      assert.deepEqual(await filesBelow(join(folder, `${name}-merged`)), await filesOf(args));
      for (const part of folders) assert.deepEqual([...(await filesBelow(part)).keys()], []);
    }
  }));

Deno.test("a merge that is killed at five moments leaves all tables or none, and one that is started again writes them", () =>
  withFolder(async (folder) => {
    const parts = join(folder, "parts"), expected = await filesOf(sampled);
    for (const k of [1, 2]) {
      const part = await neuromfa(...sampled, "--shard", `${k}/2`, ...at(folder, "parts"));
      assert.equal(part.code, 0, part.stderr);
    }
    const merge = ["merge", "--from", parts, "--keep_units", "--out"];
    for (const changes of [1, 5, 20, 40, 60]) {
      const out = join(folder, `out${changes}`);
      await killAfter(changes, out, () => spawnNeuromfa({}, ...merge, out));
      const left = [...(await filesBelow(out)).keys()];
      const whole = left.filter((path) => !path.endsWith(".partial"));
      // The record comes last, so that where it is, the tables are those it is about.
      if (whole.includes("emergence/nano-32/run.json")) {
        assert.deepEqual(whole, [...expected.keys()]);
      }
      const again = await neuromfa(...merge, out);
      assert.equal(again.code, 0, again.stderr);
      assert.deepEqual(await filesBelow(out), expected, `after ${changes} changes`);
    }
  }));

Deno.test("one and three workers write the same bytes", () =>
  withFolder(async (folder) => {
    for (const [name, args] of Object.entries(all)) {
      const ended = await neuromfa(...args, "--workers", "3", ...at(folder, name));
      assert.equal(ended.code, 0, ended.stderr);
      assert.deepEqual(await filesBelow(join(folder, name)), await filesOf(args));
    }
  }));

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`${signal} ends a run with code ${code} and the way to go on`, () =>
    withFolder(async (folder) => {
      // Long enough that the signal comes before its end.
      const args = [...model, "--sample_num", "24", "--workers", "1", ...at(folder, "out")];
      const process = spawnHeardNeuromfa(...args);
      let text = "";
      const reader = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
      const hear = async () => {
        const { value = "", done } = await reader.read();
        text += value;
        return !done;
      };
      // The line of progress comes with the first unit, and the next one after a long while.
      while (!/networks.*\n/.test(text)) assert.ok(await hear(), text);
      await waitFor(async () =>
        (await listFiles(join(folder, "out"))).some((path) => path.endsWith(".safetensors"))
      );
      process.kill(signal);
      while (await hear());
      await process.stdout.cancel();
      assert.equal((await process.status).code, code);
      const left = [...(await filesBelow(join(folder, "out"))).keys()];
      assert.deepEqual(left.filter((path) => path.endsWith(".lock")), []);
      assert.match(
        text.trim().split("\n").at(-1)!,
        /^stopped; what was measured of nano-32 is in .*units\/nano-32, and the/,
      );
      const again = await neuromfa(...args);
      assert.equal(again.code, 0, again.stderr);
      assert.doesNotMatch(again.stderr, / 0\/72 networks/);
    }));
}

Deno.test("a damaged unit is measured again, in one line", () =>
  withFolder(async (folder) => {
    const args = [...sampled, ...at(folder, "out"), "--workers", "1"];
    await neuromfa(...args, "--shard", "1/2");
    const units = [...(await filesBelow(join(folder, "out"))).keys()]
      .filter((path) => path.endsWith(".safetensors"));
    const [cut, changed, foreign] = units.map((path) => join(folder, "out", path));
    await Deno.truncate(cut!, 1000);
    // The size and the front of this one tell nothing.
    const bytes = await Deno.readFile(changed!);
    bytes[bytes.length - 1]! ^= 1;
    await Deno.writeFile(changed!, bytes);
    await Deno.copyFile(join(folder, "out", units[3]!), foreign!);
    const { code, stderr } = await neuromfa(...args);
    assert.equal(code, 0, stderr);
    const lines = stderr.split("\n").filter((line) => line.includes("is measured again: "));
    assert.equal(lines.length, 3, stderr);
    assert.match(stderr, /warning: step 0 sample 0 is measured again: .*is truncated/);
    assert.match(stderr, /is measured again: .* was measured of something else/);
    assert.match(
      stderr,
      /is measured again: .* is damaged: its digest is not the one that it names/,
    );
    assert.deepEqual(await filesBelow(join(folder, "out")), await filesOf(sampled));
  }));

Deno.test("a folder that units cannot be written to stops the run with its name, and nothing is written", () =>
  withFolder(async (folder) => {
    const out = join(folder, "out");
    await Deno.mkdir(out);
    // Something else has taken the place of the folder of units.
    await Deno.writeTextFile(join(out, "units"), "mine");
    const { code, stderr } = await neuromfa(...sampled, ...at(folder, "out"));
    assert.equal(code, 1);
    const said = stderr.trim().split("\n").at(-1)!;
    assert.match(
      said,
      /out\/units\/.* cannot be written: a file stands where a folder .*; units that are there are not measured again/,
    );
    assert.deepEqual([...(await filesBelow(out)).keys()], ["units"]);
  }));

Deno.test("what is wrong in a worker is said as it is without one", () =>
  withFolder(async (folder) => {
    const broken = await syntheticRun("pythia-14m", [0, 1000]);
    const path = join(broken, "step1000", "model.safetensors");
    const bytes = await Deno.readFile(path);
    // 0x7e7e is no number in 16 bits.
    bytes.fill(0x7e, bytes.length / 2, bytes.length / 2 + 4096);
    await Deno.writeFile(path, bytes);
    // One sample, for of several it is left to chance which is found to be broken first.
    for (const [network, ...more] of [["sampled", "--sample_num", "1"], ["full"]] as const) {
      const said = await Promise.all(["1", "2"].map(async (workers) => {
        const args = ["--models", broken, "--network", network, ...more, "--workers", workers];
        const { code, stderr } = await neuromfa(...args, ...at(folder, network + workers));
        assert.equal(code, 1);
        assert.doesNotMatch(stderr, /^\s+at |error:/m);
        return stderr.trim().split("\n").at(-1)!;
      }));
      assert.match(
        said[0]!,
        /step1000.* a checkpoint with such weights cannot be measured|not finite/,
      );
      assert.equal(said[1], said[0]);
    }
  }));

/** Wait until something is so. */
async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 60_000;
  while (!await isSo()) {
    assert.ok(performance.now() < until, "it took more than a minute");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
