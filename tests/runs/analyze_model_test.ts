import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { analyzeModel } from "../../lib/runs/analyze_model.ts";
import { extractModel } from "../../lib/runs/extract_model.ts";
import { medianLength } from "../../lib/networks/median_length.ts";
import { openModelNetworks } from "../../lib/runs/model_networks.ts";
import { readModelTables } from "../../lib/runs/tables.ts";
import { close, type GoldenModel, readGolden } from "../golden/golden.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

const run = await syntheticRun("pythia-14m", [0, 1000]);
const options = analysisOptions({ convention: "reference", samples: 2, layerSample: 24 });

/** Every file below a folder with its text. */
async function filesOf(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) Object.assign(files, await filesOf(path));
    else files[path.slice(folder.length)] = await Deno.readTextFile(path);
  }
  return files;
}

Deno.test("analyzeModel() as published has the golden spectra and E", () =>
  withFolder(async (out) => {
    const golden = readGolden<GoldenModel>("h128");
    const { emergence, samples } = await analyzeModel(run, {
      options: analysisOptions({ convention: "reference", alpha0: "analytic" }),
      out,
      store: join(out, "none"),
    });
    const { averaged_analytic: expected, meta } = golden;
    for (const { step, alpha_0, width, E, samples_kept, status } of emergence) {
      const i = meta.steps.indexOf(step);
      close(alpha_0, expected.alpha_q0_mean[i]!, 1e-12, `alpha_0 at step ${step}`);
      close(width, expected.width_mean[i]!, 1e-12, `width at step ${step}`);
      close(E, expected.E[i]!, 1e-12, `E at step ${step}`);
      assert.deepEqual([samples_kept, status], [10, "ok"]);
    }
    assert.deepEqual(emergence.map(({ step }) => step), [0, 1000]);
    const nodes = golden.networks.find(({ step, sample }) => step === 1000 && sample === 7)!;
    const row = samples.find(({ step, sample }) => step === 1000 && sample === 7)!;
    assert.equal(row.selected_nodes, nodes.selected_nodes);
    assert.equal(row.edges, nodes.edges);
  }));

Deno.test("analyzeModel() writes the tables that it returns, the same bytes from checkpoints and from the store", () =>
  withFolder(async (folder) => {
    const [one, two, store] = ["one", "two", "networks"].map((name) => join(folder, name));
    const { record, skipped, ...tables } = await analyzeModel(run, {
      options,
      out: one!,
      store: store!,
    });
    assert.equal(skipped, false);
    assert.deepEqual(await readModelTables(one!, "pythia-14m"), tables);
    assert.equal(record.threshold, 150);
    await extractModel(run, { options, store: store! });
    await analyzeModel("pythia-14m", { options, out: two!, store: store! });
    const files = await filesOf(one!);
    assert.equal(Object.keys(files).length, 4);
    assert.deepEqual(await filesOf(two!), files);
  }));

Deno.test("analyzeModel() leaves tables alone that are there and the same, if asked to", () =>
  withFolder(async (out) => {
    const again = (more: object = {}) =>
      analyzeModel(run, { options, out, store: join(out, "none"), skipExisting: true, ...more });
    assert.equal((await again()).skipped, false);
    const told: number[] = [];
    const onNetwork = (measured: number) => told.push(measured);
    const there = await again({ onNetwork });
    assert.equal(there.skipped, true);
    assert.deepEqual(told, []);
    assert.equal(there.emergence.length, 2);
    assert.equal((await again({ options: { ...options, digits: 1 } })).skipped, false);
    assert.equal((await again({ options: { ...options, digits: 1 } })).skipped, true);
    assert.equal((await again({ skipExisting: false })).skipped, false);
  }));

Deno.test("analyzeModel() takes a threshold in medians of the untrained network", () =>
  withFolder(async (out) => {
    const store = join(out, "none");
    const medians = { ...options, threshold: { medians: 2 } };
    const { record, ...relative } = await analyzeModel(run, { options: medians, out, store });
    const opened = await openModelNetworks(run, options, store);
    const untrained = await Array.fromAsync(opened.networks([0]), ({ network }) => network);
    assert.equal(record.threshold, 2 * medianLength(untrained));
    const absolute = { ...options, threshold: record.threshold };
    const { spectra } = await analyzeModel(run, { options: absolute, out, store });
    assert.deepEqual(relative.spectra, spectra);
  }));

Deno.test("analyzeModel() tells at the start and after each network how many of how many are measured", () =>
  withFolder(async (out) => {
    const told: [number, number][] = [];
    await analyzeModel(run, {
      ...{ options, out, store: join(out, "none") },
      onNetwork: (measured, total) => told.push([measured, total]),
    });
    assert.deepEqual(told, [[0, 4], [1, 4], [2, 4], [3, 4], [4, 4]]);
  }));

Deno.test("analyzeModel() writes nothing if a checkpoint cannot be measured", () =>
  withFolder(async (folder) => {
    const broken = await syntheticRun("pythia-14m", [0, 1000]);
    await Deno.truncate(join(broken, "step1000", "model.safetensors"), 100_000);
    const out = join(folder, "out");
    const store = join(folder, "none");
    await throwsError(
      () => analyzeModel(broken, { options, out, store }),
      /step1000\/model\.safetensors/,
    );
    await throwsError(
      () => analyzeModel(run, { options, out, store, steps: [1000] }),
      /cannot be measured without step 0/,
    );
    await assert.rejects(
      analyzeModel(run, { options: { ...options, layerSample: 129 }, out, store }),
    );
    await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
  }));
