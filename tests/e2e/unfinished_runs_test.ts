import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { filesBelow, neuromfa, spawnHeardNeuromfa, spawnNeuromfa } from "./neuromfa_command.ts";

const run = await syntheticRun("pythia-14m", [0, 512, 1000]);
const sampled = ["--models", run, "--sample_num", "4", "--layer_sample", "24", "--q=-2:2:0.5"];
const full = ["--models", run, "--network", "full", "--q=-2:2:0.5"];
const nulls = ["--null", "permute", "--null_draws", "2"];
const nulled = [
  ...["--models", run, "--sample_num", "2", "--layer_sample", "24", "--q=-2:2:0.5"],
  ...nulls,
];
const fullNulled = [...full, "--steps", "0,1000", ...nulls];
const all = { sampled, full, nulled, fullNulled };

/** Numbers from 0 to 1 that are the same in every run of the tests. */
function* seeded(seed: number): Generator<number, never, void> {
  for (let state = seed;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Where a run reads and writes below a folder. */
function at(folder: string, name: string): string[] {
  return ["--out", join(folder, name), "--networks", join(folder, "none")];
}

/** Kill a run at random moments and start it again, as often as asked for; whenever one ends, compare what it wrote. */
async function killAndResume(
  args: readonly string[],
  kills: number,
  seed: number,
): Promise<void> {
  await withFolder(async (folder) => {
    const began = performance.now();
    const whole = await neuromfa(...args, ...at(folder, "whole"));
    const length = performance.now() - began;
    assert.equal(whole.code, 0, whole.stderr);
    const expected = await filesBelow(join(folder, "whole"));
    assert.ok(expected.size > 4);
    const random = seeded(seed);
    let killed = 0, ended = 0, kept = 0;
    for (let start = 0; killed < kills || ended === 0; start++) {
      const out = join(folder, `out${ended}`);
      const process = spawnNeuromfa({}, ...args, ...at(folder, `out${ended}`));
      const timer = killed < kills
        ? setTimeout(() => process.kill("SIGKILL"), (0.2 + random.next().value) * length)
        : undefined;
      const { signal, code } = await process.status;
      clearTimeout(timer);
      if (signal === "SIGKILL") {
        killed++;
        kept += [...(await filesBelow(out)).keys()].filter((path) =>
          path.startsWith("units")
        ).length;
        continue;
      }
      assert.equal(code, 0);
      const files = await filesBelow(out);
      assert.deepEqual([...files.keys()], [...expected.keys()], `after ${killed} kills`);
      for (const [path, bytes] of files) {
        assert.ok(bytes.every((byte, i) => byte === expected.get(path)![i]), path);
        assert.equal(bytes.length, expected.get(path)!.length, path);
      }
      ended++;
    }
    assert.ok(kept > 0, "no kill fell into the measuring");
  });
}

Deno.test("a run killed at ten random moments and started again writes the tables of an undisturbed one", () =>
  killAndResume([...sampled, "--workers", "1"], 10, 1));

Deno.test("a run of full networks by two workers, killed at ten random moments and started again, does so too", () =>
  killAndResume([...full, "--workers", "2"], 10, 2));

Deno.test("a run with a null model by two workers, killed at four random moments and started again, does so too", () =>
  killAndResume([...nulled, "--workers", "2"], 4, 3));

Deno.test("a run goes on where it was stopped: only what is missing is measured", () =>
  withFolder(async (folder) => {
    const args = [...sampled, ...at(folder, "out"), "--workers", "1"];
    const part = await neuromfa(...args, "--shard", "1/2");
    assert.equal(part.code, 0, part.stderr);
    assert.match(
      part.stdout,
      /^part 1 of 2 of pythia-14m is measured: 6 of 12 units are in .*merge --out/,
    );
    const left = [".x.partial", "emergence/.E_pythia-14m.csv.x.partial"]
      .concat(["emergence/pythia-14m/.spectra.csv.x.partial", "nfd/pythia-14m/.run.json.x.partial"])
      .concat([
        "units/pythia-14m/step512/.sample1-0.x.partial",
        "units/pythia-14m/.plan.x.partial",
      ]);
    for (const path of left) {
      await Deno.mkdir(dirname(join(folder, "out", path)), { recursive: true });
      await Deno.writeTextFile(join(folder, "out", path), "half");
    }
    const rest = await neuromfa(...args);
    assert.equal(rest.code, 0, rest.stderr);
    assert.match(rest.stderr, / 6\/12 networks/);
    assert.doesNotMatch(rest.stderr, / 0\/12 networks/);
    const { stdout } = await neuromfa(...sampled, ...at(folder, "whole"));
    assert.match(stdout, /wrote/);
    assert.deepEqual(
      await filesBelow(join(folder, "out")),
      await filesBelow(join(folder, "whole")),
    );
  }));

Deno.test("two processes at once in one folder write the tables of one, and leave nothing else", () =>
  withFolder(async (folder) => {
    const runs = await Promise.all(
      [sampled, sampled].map((args) => neuromfa(...args, "--workers", "1", ...at(folder, "both"))),
    );
    for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
    await neuromfa(...sampled, ...at(folder, "one"));
    assert.deepEqual(await filesBelow(join(folder, "both")), await filesBelow(join(folder, "one")));
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
        /^\d+ of \d+ units of pythia-14m are missing, the first is step 512/,
      );
      assert.match(early.stderr, first);
      assert.deepEqual([...(await filesBelow(join(folder, `${name}-merged`))).keys()], []);
      await neuromfa(...args, "--shard", "2/3", ...at(folder, `${name}2`));
      const merged = await merge(folders);
      assert.equal(merged.code, 0, merged.stderr);
      await neuromfa(...args, ...at(folder, `${name}-one`));
      assert.deepEqual(
        await filesBelow(join(folder, `${name}-merged`)),
        await filesBelow(join(folder, `${name}-one`)),
      );
      for (const part of folders) assert.deepEqual([...(await filesBelow(part)).keys()], []);
    }
  }));

Deno.test("one and three workers write the same bytes", () =>
  withFolder(async (folder) => {
    for (const [name, args] of Object.entries(all)) {
      for (const workers of ["1", "3"]) {
        const ended = await neuromfa(...args, "--workers", workers, ...at(folder, name + workers));
        assert.equal(ended.code, 0, ended.stderr);
      }
      assert.deepEqual(
        await filesBelow(join(folder, `${name}3`)),
        await filesBelow(join(folder, `${name}1`)),
      );
    }
  }));

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} ends a run with code 130 and the way to go on`, () =>
    withFolder(async (folder) => {
      const args = [...sampled, "--workers", "1", ...at(folder, "out")];
      const process = spawnHeardNeuromfa(...args);
      await waitFor(async () =>
        [...(await filesBelow(join(folder, "out"))).keys()]
          .some((path) => path.endsWith(".safetensors"))
      );
      process.kill(signal);
      const { code, stderr } = await process.output();
      assert.equal(code, 130);
      const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1)!;
      assert.match(
        said,
        /^stopped; what was measured of pythia-14m is in .*units\/pythia-14m, and the/,
      );
      const again = await neuromfa(...args);
      assert.equal(again.code, 0, again.stderr);
      assert.doesNotMatch(again.stderr, / 0\/12 networks/);
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
    await neuromfa(...sampled, ...at(folder, "one"));
    assert.deepEqual(await filesBelow(join(folder, "out")), await filesBelow(join(folder, "one")));
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
