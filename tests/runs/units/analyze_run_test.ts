import assert from "node:assert/strict";
import { join } from "node:path";
import { analyzeRun, type AnalyzeRunOptions } from "../../../lib/runs/units/analyze_run.ts";
import { filesBelow } from "../../e2e/neuromfa_command.ts";
import { throwsError } from "../../helpers/throws_error.ts";
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
