import assert from "node:assert/strict";
import { join } from "node:path";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { analyzeNodeFractalDimension } from "../../lib/runs/analyze_node_fractal_dimension.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

const nano = "suite:nano-64";

async function texts(out: string): Promise<Map<string, string>> {
  const folder = join(out, "nfd", "nano-64");
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  const entries = names.map(async (name): Promise<[string, string]> => [
    name,
    await Deno.readTextFile(join(folder, name)),
  ]);
  return new Map(await Promise.all(entries));
}

Deno.test("analyzeNodeFractalDimension() writes the same bytes each time, and names what decided them", () =>
  withFolder(async (out) => {
    const options = { samples: 2, steps: [512, 0], layerSample: 24, threshold: 120 };
    await analyzeNodeFractalDimension(nano, { ...options, out: join(out, "a") });
    await analyzeNodeFractalDimension(nano, { ...options, out: join(out, "b") });
    const files = await texts(join(out, "a"));
    assert.deepEqual(files, await texts(join(out, "b")));
    assert.deepEqual([...files.keys()], [
      "nfd_evolution_nano-64_sample0.csv",
      "nfd_evolution_nano-64_sample1.csv",
      "nfd_nano-64_step0_sample0.csv",
      "nfd_nano-64_step0_sample1.csv",
      "nfd_nano-64_step512_sample0.csv",
      "nfd_nano-64_step512_sample1.csv",
      "run.json",
    ]);
    const header = (name: string) => files.get(name)!.split("\n")[0];
    assert.equal(
      header("nfd_nano-64_step0_sample0.csv"),
      "node_id,layer,role,nfd_value,edges,status",
    );
    assert.equal(
      header("nfd_evolution_nano-64_sample0.csv"),
      "step,mean,median,std,min,max,range,count",
    );
    assert.match(
      files.get("nfd_nano-64_step0_sample0.csv")!,
      /\n\d+,"block 0 query, key, value","query, key, value",0,\d+,never\n/,
    );
    const run = await openRun(nano);
    assert.deepEqual(JSON.parse(files.get("run.json")!), {
      model: "nano-64",
      model_size: 210_304,
      options: {
        samples: 2,
        layerSample: 24,
        qkv: "per-head",
        threshold: 120,
        minimumEdges: 10,
        digits: 0,
        includeStructural: false,
      },
      checkpoints: await Promise.all([0, 512].map(async (step) => ({
        step,
        sha256: await (await run.checkpoint(step)).digest(),
      }))),
    });
  }));

Deno.test("every option of analyzeNodeFractalDimension() changes the tables", () =>
  withFolder(async (out) => {
    const base = { out, samples: 1, steps: [512] };
    const evolution = async (options: object = {}) =>
      (await analyzeNodeFractalDimension(nano, { ...base, ...options })).evolution;
    const usual = await evolution();
    const changes = [
      { samples: 2 },
      { steps: [8] },
      { layerSample: 16 },
      { qkv: "reference" },
      { threshold: 20 },
      { minimumEdges: 40 },
      { digits: 1 },
      { includeStructural: true },
    ];
    for (const change of changes) {
      assert.notDeepEqual(await evolution(change), usual, JSON.stringify(change));
    }
    assert.deepEqual(await evolution(), usual);
  }));

Deno.test("analyzeNodeFractalDimension() refuses what cannot be measured and keeps the tables there are", () =>
  withFolder(async (out) => {
    const base = { out, samples: 1, steps: [0] };
    await analyzeNodeFractalDimension(nano, base);
    const before = await texts(out);
    const analyze = (options: object) => () =>
      analyzeNodeFractalDimension(nano, { ...base, ...options });
    await throwsError(
      analyze({ steps: [0, 5] }),
      /steps of nano-64: 5 not there; steps in .*: 0, 1, 2/,
    );
    await throwsError(analyze({ steps: [] }), /none was asked for/);
    await throwsError(
      analyze({ layerSample: 3 }),
      /nano-64 step 0 sample 0: none of the 96 nodes can have a fractal dimension/,
    );
    await assert.rejects(
      analyze({ samples: 0 }),
      /samples must be a positive integer, but it is 0/,
    );
    await assert.rejects(analyze({ threshold: NaN }), /threshold must be .* but it is NaN/);
    await assert.rejects(analyze({ treshold: 9 }), /did you mean "threshold"/);
    assert.deepEqual(await texts(out), before);
  }));

Deno.test("analyzeNodeFractalDimension() leaves no run.json beside tables of which only some were replaced", () =>
  withFolder(async (out) => {
    await analyzeNodeFractalDimension(nano, { out, samples: 1, steps: [0, 1] });
    const stop = (measured: number) => {
      if (measured === 1) throw new Error("stopped");
    };
    await assert.rejects(
      analyzeNodeFractalDimension(nano, {
        out,
        samples: 1,
        steps: [0, 1],
        digits: 1,
        onNetwork: stop,
      }),
      /stopped/,
    );
    assert.ok(!(await texts(out)).has("run.json"));
  }));
