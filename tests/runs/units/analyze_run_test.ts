import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../../../lib/files/list_files.ts";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { analyzeRun, type AnalyzeRunOptions } from "../../../lib/runs/units/analyze_run.ts";
import { filesBelow } from "../../e2e/neuromfa_command.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { tinyOptions, withTinyRun } from "../tiny_run.ts";

const options = tinyOptions({ edges: "all", samples: 4 });

/** Measure a run of the tiny model; two steps have eight units. */
function analyze(run: string, out: string, more: Partial<AnalyzeRunOptions> = {}) {
  const wanted = { emergence: options, nodes: { ...options, minimumEdges: 4 } };
  return analyzeRun(run, wanted, { out, store: join(out, "none"), ...more });
}

/** The paths of the files that are left in the folder of units. */
async function unitFiles(out: string): Promise<string[]> {
  return [...(await filesBelow(out)).keys()].filter((path) => path.startsWith("units/"));
}

Deno.test("any number of damaged units are each measured again in one run, whatever is in their place", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const out = join(folder, "out"), one = join(folder, "one");
    await analyze(run, one);
    await analyze(run, out, { keepUnits: true });
    const units = (await unitFiles(out)).filter((path) => path.endsWith(".safetensors"))
      .map((path) => join(out, path));
    assert.equal(units.length, 8);
    const [cut, empty, changed, gone, foreign, full, hollow] = units;
    await Deno.truncate(cut!, 1000);
    await Deno.truncate(empty!, 0);
    const bytes = await Deno.readFile(changed!);
    bytes[bytes.length - 1]! ^= 1;
    await Deno.writeFile(changed!, bytes);
    await Deno.remove(gone!);
    await Deno.copyFile(units[7]!, foreign!);
    for (const folder of [full!, hollow!]) {
      await Deno.remove(folder);
      await Deno.mkdir(folder);
    }
    await Deno.writeTextFile(join(full!, "a"), "a");
    const warnings: string[] = [], counts: number[] = [];
    await analyze(run, out, {
      onWarning: (warning) => void warnings.push(warning),
      onNetwork: (measured) => void counts.push(measured),
    });
    assert.deepEqual(counts, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.equal(warnings.length, 6);
    for (const warning of warnings) {
      assert.match(warning, /^step \d sample \d is measured again: .*\.safetensors/);
    }
    assert.deepEqual(await filesBelow(out), await filesBelow(one));
  }));

Deno.test("a unit that cannot be read while tables are made is looked at again, and one that is spoiled again stops the run", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const { readFile } = Deno;
    const spoil = async (out: string, reads: (read: number) => boolean) => {
      let read = 0;
      Deno.readFile = async (path, options) => {
        const bytes = await readFile(path, options);
        if (/step4\/sample2-.*\.safetensors$/.test(`${path}`) && reads(++read)) bytes[2000]! ^= 1;
        return bytes;
      };
      try {
        await analyze(run, join(folder, out));
      } finally {
        Deno.readFile = readFile;
      }
    };
    await analyze(run, join(folder, "one"));
    await spoil("once", (read) => read === 1);
    assert.deepEqual(
      await filesBelow(join(folder, "once")),
      await filesBelow(join(folder, "one")),
    );
    await throwsError(
      () => spoil("always", () => true),
      /step4\/sample2-.* is damaged: .*, though it was measured again; check the disk or choose another folder$/,
    );
    assert.deepEqual(
      [...(await filesBelow(join(folder, "always"))).keys()].filter((path) => !/^units/.test(path)),
      [],
    );
  }));

Deno.test("units that are kept lie beside nothing that a killed process left, and no claim stays", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const out = join(folder, "out");
    await analyze(run, out, { shard: { index: 1, count: 2 } });
    const units = join(out, "units", "nano-8");
    const left = [".plan-0.json.x.partial", "in-use.lock", "tables.lock"]
      .concat(["step0/.sample0-0.safetensors.x.partial", "step0/sample0-0.safetensors.lock"]);
    for (const path of left) await Deno.writeTextFile(join(units, path), "half");
    await analyze(run, out, { keepUnits: true });
    const kept = await unitFiles(out);
    assert.equal(kept.length, 9);
    for (const path of kept) {
      assert.match(
        path,
        /nano-8\/(plan-[0-9a-f]+\.json|step[04]\/sample[0-3]-[0-9a-f]+\.safetensors)$/,
      );
    }
  }));

Deno.test("a run that fails leaves no claim", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const out = join(folder, "out");
    await throwsError(
      () =>
        analyze(run, out, {
          onNetwork: (measured) => {
            if (measured === 2) throw new Error("stopped here");
          },
        }),
      /^stopped here$/,
    );
    assert.deepEqual((await unitFiles(out)).filter((path) => path.endsWith(".lock")), []);
  }));

/** Measure two steps of a bundled model below a folder. */
function analyzeNano(
  folder: string,
  options: Parameters<typeof analysisOptions>[0],
  more: Partial<AnalyzeRunOptions> = {},
) {
  const emergence = analysisOptions({ samples: 1, ...options });
  const place = { out: join(folder, "out"), store: join(folder, "networks"), steps: [0, 512] };
  return analyzeRun("suite:nano-64", { emergence, nodes: null }, { ...place, ...more });
}

const locksIn = async (folder: string) =>
  (await listFiles(folder)).filter((path) => path.endsWith(".lock"));

Deno.test("a run that fails while it measures leaves no lock, and one that a killed process left goes with the next", () =>
  withFolder(async (folder) => {
    const units = join(folder, "out", "units", "nano-64");
    await Deno.mkdir(units, { recursive: true });
    await Deno.writeTextFile(join(units, "in-use.lock"), "");
    const beyond = { q: { min: -1000, max: 1000, step: 500 } };
    await assert.rejects(analyzeNano(folder, beyond), /The order q = -1000 is out of reach/);
    assert.deepEqual(await locksIn(folder), []);
    await analyzeNano(folder, {}, { keepUnits: true });
    assert.deepEqual(await locksIn(folder), []);
  }));

Deno.test("absurd numbers are refused by the option's name before anything is written", () =>
  withFolder(async (folder) => {
    const cases = [
      [
        {},
        { workers: 1e6 },
        /^RangeError: workers must be an integer from 1 to 1024, but it is 1000/,
      ],
      [
        {},
        { shard: { index: 2, count: 1 } },
        /^RangeError: shard.index must be an integer from 1 to 1/,
      ],
      [
        { nullModel: { kind: "permute", draws: 100_000 }, samples: 10 },
        {},
        /^RangeError: nano-64 with 2 steps of 10 parts, each also for 100000 draws of the null model has 2000020 networks/,
      ],
    ] as const;
    for (const [options, more, message] of cases) {
      await assert.rejects(analyzeNano(folder, options, more), message);
    }
    assert.deepEqual(await listFiles(folder), []);
  }));
