import assert from "node:assert/strict";
import { join } from "node:path";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { runOfCheckpoints } from "../../lib/checkpoints/run_of_checkpoints.ts";
import { medianLength } from "../../lib/networks/median_length.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { analyzeModel } from "../../lib/runs/analyze_model.ts";
import { measureRun } from "../../lib/runs/measure_run.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";

const path = await syntheticRun("pythia-14m", [0, 1000]);
const run = await openRun(path);
const given = { convention: "reference", samples: 2, layerSample: 24 } as const;

Deno.test("measureRun() has the tables and the record that analyzeModel() writes", () =>
  withFolder(async (out) => {
    for (
      const more of [
        {},
        { threshold: { medians: 2 }, filterMode: 1, digits: 1 },
        { distance: "path", threshold: 60 },
        { radii: { min: 20, max: 150 } },
      ] as const
    ) {
      const options = analysisOptions({ ...given, ...more });
      const { skipped: _, ...expected } = await analyzeModel(path, {
        ...{ options, out, store: join(out, "none") },
      });
      const { weights, ...tables } = await measureRun(run, { ...given, ...more });
      assert.deepEqual(tables, expected);
      assert.equal(weights, 1_193_984);
    }
  }));

Deno.test("measureRun() tells after each network how many are measured", async () => {
  const told: number[] = [];
  await measureRun(run, { ...given, onNetwork: (measured) => told.push(measured) });
  assert.deepEqual(told, [1, 2, 3, 4]);
});

Deno.test("measureRun() takes the median length before training, whatever steps come first", async () => {
  const { record, emergence } = await measureRun(run, {
    ...{ ...given, threshold: { medians: 1 }, steps: [1000, 0] },
  });
  const { qkv, edges } = analysisOptions(given);
  const { samples, layerSample } = given;
  const networks = sampleNetworks(run, { samples, layerSample, qkv, edges, steps: [0] });
  const untrained = await Array.fromAsync(networks, ({ network }) => network);
  assert.equal(record.threshold, medianLength(untrained));
  assert.deepEqual(emergence.map(({ step }) => step), [0, 1000]);
});

Deno.test("measureRun() refuses unknown options, and steps without step 0", async () => {
  await assert.rejects(
    measureRun(run, { ...given, treshold: 25 } as object),
    /analysisOptions .*treshold.*threshold/,
  );
  await assert.rejects(
    measureRun(run, { ...given, only: ["input"] } as object),
    /measureRun has no option "only"; give it to analyzeModel/,
  );
  await assert.rejects(
    measureRun(run, { ...given, nullModel: { kind: "permute" } } as object),
    /measureRun has no option "nullModel"; give it to analyzeModel/,
  );
  await assert.rejects(measureRun(run, { ...given, steps: [1000] }), /step 0/);
});

Deno.test("measureRun() refuses steps that hold the same weights, unless that is allowed", async () => {
  const twice = runOfCheckpoints("twice", { 0: join(path, "step0"), 8: join(path, "step0") });
  await assert.rejects(
    measureRun(twice, given),
    /^Error: steps 0 and 8 of twice hold the same weights .* allowDuplicates/,
  );
  const { emergence } = await measureRun(twice, { ...given, allowDuplicates: true });
  assert.deepEqual(emergence.map(({ E }) => E), [0, 0]);
});
