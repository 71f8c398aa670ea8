import assert from "node:assert/strict";
import { join } from "node:path";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { drawNfd } from "../../../lib/runs/nfd/draw_nfd.ts";
import { extractModel } from "../../../lib/runs/store/extract_model.ts";
import { versions } from "../../../lib/runs/run_record.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { analyzeNfd } from "../analyze_alone.ts";

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

Deno.test("a run of node fractal dimensions writes the same bytes each time, from checkpoints or stored networks, and names what decided them", () =>
  withFolder(async (folder) => {
    const options = analysisOptions({ samples: 2, layerSample: 24, nfdThreshold: 120 });
    const steps = [512, 0];
    const store = join(folder, "networks");
    const analyze = (name: string, out: string) =>
      analyzeNfd(name, { options, store, steps, out: join(folder, out) });
    await analyze(nano, "a");
    const files = await texts(join(folder, "a"));
    await analyze(nano, "b");
    assert.deepEqual(await texts(join(folder, "b")), files);
    await extractModel(nano, { options, store, steps });
    await analyze(nano, "from the store");
    assert.deepEqual(await texts(join(folder, "from the store")), files);
    await analyze("nano-64", "from the store alone");
    assert.deepEqual(await texts(join(folder, "from the store alone")), files);

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
      modelSize: 210_304,
      options: {
        samples: 2,
        layerSample: 24,
        qkv: "per-head",
        edges: "all",
        nfdThreshold: 120,
        digits: 0,
        minimumEdges: 10,
        includeStructural: false,
      },
      checkpoints: await Promise.all([0, 512].map(async (step) => ({
        step,
        sha256: await (await run.checkpoint(step)).digest(),
      }))),
      versions: versions(),
    });
  }));

Deno.test("every option of node fractal dimensions changes the tables, and none that is not its own", () =>
  withFolder(async (folder) => {
    const place = { out: folder, store: join(folder, "networks") };
    const evolution = async (change: object = {}, steps = [512]) => {
      const options = { ...analysisOptions({ samples: 1 }), ...change };
      return (await analyzeNfd(nano, { ...place, options, steps })).evolution;
    };
    const usual = await evolution();
    const changes = [
      { layerSample: 16 },
      { edges: "sampled" },
      { nfdThreshold: 20 },
      { digits: 1 },
      { minimumEdges: 64 },
      { includeStructural: true },
    ];
    for (const change of changes) {
      assert.notDeepEqual(await evolution(change), usual, JSON.stringify(change));
    }
    assert.notDeepEqual(
      await evolution({ edges: "sampled", qkv: "reference" }),
      await evolution({ edges: "sampled" }),
    );
    // Every row of the fused matrix is a target then, whichever neuron it is taken for.
    assert.deepEqual(await evolution({ qkv: "reference" }), usual);
    assert.notDeepEqual(await evolution({}, [8]), usual);
    assert.deepEqual((await evolution({ samples: 2 })).slice(0, 1), usual);
    assert.deepEqual(await evolution({ threshold: 9, filterMode: 3 }), usual);
  }));

Deno.test("a run of node fractal dimensions skips tables that are there, and no others", () =>
  withFolder(async (out) => {
    const analyze = (change: object = {}, steps = [0, 8]) =>
      analyzeNfd(nano, {
        options: { ...analysisOptions({ samples: 2 }), ...change },
        ...{ out, store: join(out, "networks"), steps, skipExisting: true },
      });
    const first = await analyze();
    assert.equal(first.skipped, false);
    const again = await analyze();
    assert.deepEqual(again, { ...first, skipped: true });
    assert.equal((await analyze({ threshold: 9 })).skipped, true);
    assert.equal((await analyze({ includeStructural: true })).skipped, false);
    assert.equal((await analyze({}, [0])).skipped, false);
    await analyze();
    await Deno.remove(join(out, "nfd/nano-64/nfd_nano-64_step8_sample1.csv"));
    assert.equal((await analyze()).skipped, false);
  }));

Deno.test("a run of node fractal dimensions refuses what cannot be measured and keeps the tables there are", () =>
  withFolder(async (out) => {
    const analyze = (change: object = {}, more: object = {}) => () =>
      analyzeNfd(nano, {
        options: { ...analysisOptions({ samples: 1 }), ...change },
        ...{ out, store: join(out, "networks"), steps: [1] },
        ...more,
      });
    await analyze()();
    const before = await texts(out);
    await throwsError(
      analyze({}, { steps: [0, 5] }),
      /checkpoint step 5 of nano-64 is not there; steps: 0, 1, 2/,
    );
    await throwsError(analyze({}, { steps: [] }), /no step of nano-64 was asked for/);
    await assert.rejects(
      analyze({ samples: 0 }),
      /samples must be an integer from 1 to 100000, but it is 0/,
    );
    await assert.rejects(analyze({ nfdThreshold: NaN }), /nfdThreshold must be .* but it is NaN/);
    assert.deepEqual(await texts(out), before);
  }));

Deno.test("a run of node fractal dimensions writes the tables of a network without dimensions, with each node's status and 0 as the count", () =>
  withFolder(async (out) => {
    const options = analysisOptions({ samples: 1, layerSample: 3, edges: "sampled" });
    const place = { options, out, store: join(out, "networks"), steps: [1] };
    const { evolution } = await analyzeNfd(nano, place);
    assert.equal(evolution[0]![0]!.count, 0);
    const files = await texts(out);
    assert.equal(
      files.get("nfd_evolution_nano-64_sample0.csv"),
      "step,mean,median,std,min,max,range,count\n1,,,,,,,0\n",
    );
    const nodes = files.get("nfd_nano-64_step1_sample0.csv")!.trimEnd().split("\n").slice(1);
    assert.equal(nodes.length, 96);
    for (const line of nodes) assert.match(line, /,0,\d+,never$/);
    const again = await analyzeNfd(nano, { ...place, skipExisting: true });
    assert.deepEqual(again, { record: again.record, evolution, skipped: true });
    await assert.rejects(
      drawNfd("nano-64", { out }),
      /nano-64 has no step where a node can have a fractal dimension; draw more neurons/,
    );
  }));

Deno.test("a run of node fractal dimensions leaves the tables alone until everything is measured, and goes on where it was stopped", () =>
  withFolder(async (out) => {
    const place = { out, store: join(out, "networks"), steps: [0, 1] };
    await analyzeNfd(nano, { ...place, options: analysisOptions({ samples: 1 }) });
    const before = await texts(out);
    const told: number[] = [];
    const onNetwork = (measured: number) => {
      told.push(measured);
      if (told.length === 2) throw new Error("stopped");
    };
    const options = analysisOptions({ samples: 1, digits: 1 });
    const again = () => analyzeNfd(nano, { ...place, options, onNetwork });
    await assert.rejects(again, /stopped/);
    assert.deepEqual(await texts(out), before);
    const { evolution } = await again();
    assert.deepEqual(told, [0, 1, 1, 2]);
    assert.deepEqual(evolution[0]!.map(({ step }) => step), [0, 1]);
    assert.notDeepEqual(await texts(out), before);
  }));
