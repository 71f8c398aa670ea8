import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../../../lib/files/list_files.ts";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { analyzeRun, type AnalyzeRunOptions } from "../../../lib/runs/units/analyze_run.ts";
import { withFolder } from "../../helpers/with_folder.ts";

/** Measure two steps of a bundled model below a folder. */
function analyze(
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
    await assert.rejects(analyze(folder, beyond), /The order q = -1000 is out of reach/);
    assert.deepEqual(await locksIn(folder), []);
    await analyze(folder, {}, { keepUnits: true });
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
      await assert.rejects(analyze(folder, options, more), message);
    }
    assert.deepEqual(await listFiles(folder), []);
  }));
