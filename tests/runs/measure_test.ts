import assert from "node:assert/strict";
import { join } from "node:path";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { runOfCheckpoints } from "../../lib/checkpoints/run_of_checkpoints.ts";
import { excessEmergence } from "../../lib/emergence/excess_emergence.ts";
import { nullRun } from "../../lib/emergence/null_models/null_checkpoint.ts";
import { multifractalSpectra } from "../../lib/multifractal/multifractal_spectra.ts";
import { medianLength } from "../../lib/networks/median_length.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { measure } from "../../lib/runs/measure.ts";
import { evolutionFile } from "../../lib/runs/nfd/nfd_files.ts";
import { extractModel } from "../../lib/runs/store/extract_model.ts";
import { hasExcess, readModelTables, readRecord } from "../../lib/runs/tables.ts";
import { filesBelow } from "../e2e/neuromfa_command.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { analyzeEmergence, analyzeNfd } from "./analyze_alone.ts";

const path = await syntheticRun("pythia-14m", [0, 1000]);
const run = await openRun(path);
const given = { convention: "reference", samples: 2, layerSample: 24 } as const;

/** The files below a folder as text. */
async function textsBelow(folder: string): Promise<Map<string, string>> {
  const texts = [...await filesBelow(folder)].map(([name, bytes]): [string, string] => [
    name,
    new TextDecoder().decode(bytes),
  ]);
  return new Map(texts);
}

Deno.test("measure() in memory has the tables and the record that are written, of a folder and of an opened run", () =>
  withFolder(async (folder) => {
    const all = [
      {},
      { threshold: { medians: 2 }, filterMode: 1, digits: 1 },
      { distance: "path", threshold: 60 },
      { radii: { min: 20, max: 150 } },
    ] as const;
    for (const [i, more] of all.entries()) {
      const options = analysisOptions({ ...given, ...more });
      const out = join(folder, `${i}`), place = { options, out, store: join(folder, "none") };
      const { skipped: _, record, ...expected } = await analyzeEmergence(path, place);
      const { evolution } = await analyzeNfd(path, place);
      for (const source of [run, ...i === 0 ? [path] : []]) {
        const result = await measure(source, { ...given, ...more });
        const { model, emergence, spectra, samples } = result;
        assert.deepEqual({ model, emergence, spectra, samples }, expected);
        assert.equal(result.rows, emergence);
        assert.deepEqual(result.record, record);
        assert.deepEqual(result.nfd, evolution);
        assert.equal(result.weights, 1_193_984);
      }
    }
  }));

Deno.test("measure() with out writes byte for byte what save() writes of a measurement in memory", () =>
  withFolder(async (folder) => {
    const [out, saved] = [join(folder, "out"), join(folder, "saved")];
    const written = await measure(path, { ...given, out });
    const inMemory = await measure(path, given);
    assert.deepEqual(
      [...(await filesBelow(folder)).keys()].filter((file) => /^saved/.test(file)),
      [],
    );
    await inMemory.save(saved);
    const files = await textsBelow(out);
    assert.deepEqual(await textsBelow(saved), files);
    // Tables of E with their record; of nodes, 2 of each sample over training, 4 of each network, and their record.
    assert.equal(files.size, 4 + 2 + 4 + 1);
    const model = "pythia-14m";
    const { emergence, spectra, samples } = written;
    assert.deepEqual({ model, emergence, spectra, samples }, await readModelTables(out, model));
    assert.deepEqual(written.nfd, inMemory.nfd);
    assert.deepEqual(written.nfd[1], await evolutionFile.read(out, { model, sample: 1 }));
    const { tables: _, source: __, ...record } = await readRecord(out, model);
    assert.deepEqual(written.record, record);
    assert.equal(`${written}`, `${inMemory}`);
    // A measurement in memory can be saved any number of times.
    await inMemory.save(saved);
    await inMemory.save(join(folder, "again"));
    assert.deepEqual(await textsBelow(join(folder, "again")), files);
  }));

Deno.test("measure() leaves tables alone that are there, keeps units and takes extracted networks, if asked to", () =>
  withFolder(async (folder) => {
    const out = join(folder, "out"), networks = join(folder, "networks");
    const told: number[] = [];
    const onNetwork = (done: number) => void told.push(done);
    const first = await measure(path, { ...given, out, keepUnits: true, onNetwork });
    await measure(path, { ...given, out, samples: 3, keepUnits: true, onNetwork });
    assert.deepEqual(told, [0, 1, 2, 3, 4, 4, 5, 6]);
    const there = await measure(path, { ...given, out, samples: 3, skipExisting: true, onNetwork });
    assert.equal(told.length, 8);
    assert.equal(there.analyzed.emergence!.skipped, true);
    assert.deepEqual(there.samples.filter(({ sample }) => sample !== 2), first.samples);
    await extractModel(path, { options: analysisOptions(given), store: networks });
    const stored = await measure("pythia-14m", { ...given, networks });
    assert.deepEqual(stored.emergence, first.emergence);
    assert.deepEqual(stored.record, first.record);
  }));

Deno.test("measure() gives the same with two workers, in memory too", async () => {
  const [one, two] = [await measure(path, given), await measure(path, { ...given, workers: 2 })];
  assert.deepEqual([two.rows, two.spectra, two.nfd], [one.rows, one.spectra, one.nfd]);
});

Deno.test("measure() tells at the start and after each network how many of how many are measured", async () => {
  const told: [number, number][] = [];
  await measure(run, { ...given, onNetwork: (measured, total) => told.push([measured, total]) });
  assert.deepEqual(told, [[0, 4], [1, 4], [2, 4], [3, 4], [4, 4]]);
});

Deno.test("measure() stops at a signal, and keeps what it has measured where there is a folder", () =>
  withFolder(async (out) => {
    const stop = new AbortController();
    const onNetwork = (done: number) => done === 2 ? stop.abort(new Error("enough")) : undefined;
    await assert.rejects(measure(run, { ...given, out, signal: stop.signal, onNetwork }), /enough/);
    const told: number[] = [];
    await measure(run, { ...given, out, onNetwork: (done) => void told.push(done) });
    assert.deepEqual(told, [2, 3, 4]);
  }));

Deno.test("measure() goes on where a signal stopped it without a folder, but not with other options", async () => {
  const from = async (options: Parameters<typeof measure>[1]): Promise<number[]> => {
    const told: number[] = [];
    await measure(run, { ...options, onNetwork: (done) => void told.push(done) });
    return told;
  };
  const stopAt = async (most: number) => {
    const stop = new AbortController(), reason = new Error("enough");
    const onNetwork = (done: number) => done === most ? stop.abort(reason) : undefined;
    await assert.rejects(measure(run, { ...given, signal: stop.signal, onNetwork }), reason);
  };
  const whole = await measure(run, given);
  await stopAt(2);
  assert.deepEqual(await from({ ...given, layerSample: given.layerSample - 1 }), [0, 1, 2, 3, 4]);
  await stopAt(3);
  const told: number[] = [];
  const { rows } = await measure(run, { ...given, onNetwork: (done) => void told.push(done) });
  assert.deepEqual(told, [3, 4]);
  assert.deepEqual(rows, whole.rows);
  assert.deepEqual(await from(given), [0, 1, 2, 3, 4], "what was taken up is not kept any longer");
});

Deno.test("measure() takes the median length before training, whatever steps come first", async () => {
  const { record, emergence } = await measure(run, {
    ...{ ...given, threshold: { medians: 1 }, steps: [1000, 0] },
  });
  const { qkv, edges } = analysisOptions(given);
  const { samples, layerSample } = given;
  const networks = sampleNetworks(run, { samples, layerSample, qkv, edges, steps: [0] });
  const untrained = await Array.fromAsync(networks, ({ network }) => network);
  assert.equal(record.threshold, medianLength(untrained));
  assert.deepEqual(emergence.map(({ step }) => step), [0, 1000]);
});

Deno.test("measure() compares E with a null model", async () => {
  const { rows, samples, spectra } = await measure(run, {
    ...given,
    null: "permute",
    nullDraws: 1,
  });
  const { qkv, edges, alpha0, filterTolerance } = analysisOptions(given);
  const of = (one: typeof run) =>
    multifractalSpectra(sampleNetworks(one, { samples: 2, layerSample: 24, qkv, edges }), {
      ...{ alpha0, filterTolerance },
    });
  const drawn = nullRun(run, { kind: "permute", draw: 0, seed: 0 });
  assert.ok(hasExcess(rows));
  assert.deepEqual(rows, excessEmergence(await of(run), [await of(drawn)]));
  const plain = await measure(run, given);
  assert.deepEqual([samples, spectra], [plain.samples, plain.spectra]);
});

Deno.test("measure() measures the full network, or some layers of it, as it is written", () =>
  withFolder(async (out) => {
    const full = { network: "full", threshold: 60, roles: ["attention output"] } as const;
    const result = await measure(run, full);
    assert.deepEqual(result.samples.map(({ sample }) => sample), ["full", "full"]);
    assert.match(result.made, /^pythia-14m: threshold 60, full network, only attention output, /);
    const { emergence } = await measure(run, { ...full, out });
    assert.deepEqual(result.emergence, emergence);
    await assert.rejects(
      measure(run, { ...full, samples: 2 }),
      /^RangeError: samples is about sampled networks, and the full network takes none/,
    );
  }));

Deno.test("measure() refuses unknown options, values out of range, and steps without step 0, and writes nothing then", () =>
  withFolder(async (out) => {
    const cases: [more: object, message: RegExp][] = [
      [
        { treshold: 25 },
        /^TypeError: measure has no option "treshold"; did you mean "threshold"\?$/,
      ],
      [{ step: [0] }, /^TypeError: measure has no option "step"; did you mean "steps"\?$/],
      [{ only: ["input"] }, /^TypeError: measure has no option "only"; did you mean /],
      [{ nullModel: { kind: "permute" } }, /^TypeError: measure has no option "nullModel"; did /],
      [
        { samples: 0 },
        /^RangeError: samples must be an integer from 1 to 100000, or auto, but it is 0$/,
      ],
      [
        { workers: 0 },
        /^RangeError: workers must be an integer from 1 to 1024, or auto, but it is 0$/,
      ],
      [{ onNetwork: 3 }, /^RangeError: onNetwork must be a function, but it is 3$/],
      [
        { layers: ["block 0 blok input"] },
        /^RangeError: .*block 0 blok input.*block 0 block input/,
      ],
      [{ steps: [1000] }, /^Error: pythia-14m cannot be measured without step 0/],
      [{ steps: [0, 7] }, /^Error: checkpoint step 7 of pythia-14m is not there; steps: 0, 1000$/],
    ];
    for (const [more, message] of cases) {
      for (const place of [{}, { out }]) {
        await assert.rejects(measure(run, { ...given, ...place, ...more }), (error) => {
          assert.match(`${error}`, message);
          return true;
        });
      }
    }
    assert.deepEqual([...await filesBelow(out)], []);
  }));

Deno.test("measure() refuses steps that hold the same weights, unless that is allowed", async () => {
  const twice = runOfCheckpoints("twice", { 0: join(path, "step0"), 8: join(path, "step0") });
  await assert.rejects(
    measure(twice, given),
    /^Error: steps 0 and 8 of twice hold the same weights .* allowDuplicates/,
  );
  const { emergence, nfd } = await measure(twice, { ...given, allowDuplicates: true });
  assert.deepEqual(emergence.map(({ E }) => E), [0, 0]);
  assert.equal(nfd[0]![1]!.mean, nfd[0]![0]!.mean);
});
