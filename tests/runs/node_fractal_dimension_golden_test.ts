import assert from "node:assert/strict";
import { join } from "node:path";
import type { NodeFractalDimensionStatistics } from "../../lib/multifractal/node_fractal_dimension_statistics.ts";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { analyzeNodeFractalDimension } from "../../lib/runs/analyze_node_fractal_dimension.ts";
import { nodeFractalDimensionEvolution } from "../../lib/runs/node_fractal_dimension_evolution.ts";
import { evolutionFile, nodesFile } from "../../lib/runs/node_fractal_dimension_files.ts";
import { allClose, readGolden } from "../golden/golden.ts";
import { syntheticRun, syntheticSteps } from "../golden/synthetic_checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";

interface GoldenStatistics {
  step: number;
  sample: number;
  published: NodeFractalDimensionStatistics;
  structural_excluded: NodeFractalDimensionStatistics;
}

Deno.test("tables from checkpoints to CSV hold the published dimensions and their statistics", () =>
  withFolder(async (out) => {
    const run = await syntheticRun("pythia-14m", syntheticSteps);
    const options = analysisOptions({
      samples: 3,
      convention: "reference",
      includeStructural: false,
    });
    const store = join(out, "networks");
    const told: number[][] = [];
    const result = await analyzeNodeFractalDimension(run, {
      options,
      ...{ out, store },
      onNetwork: (...counts) => told.push(counts),
    });
    assert.deepEqual(told.at(-1)!.slice(0, 2), [18, 18]);
    assert.equal(told.length, 1 + 18);
    assert.equal(result.record.model_size, 1_193_984);

    const model = "pythia-14m";
    const { networks } = readGolden<
      { networks: { step: number; sample: number; nfd: number[] }[] }
    >("nfd_h128");
    for (const { step, sample, nfd } of networks) {
      const rows = await nodesFile.read(out, { model, step, sample });
      allClose(rows.map(({ nfd_value }) => nfd_value), nfd, 1e-13, `step ${step}`);
    }
    const { h128 } = readGolden<{ h128: GoldenStatistics[] }>("nfd_statistics");
    for (const sample of [0, 1, 2]) {
      const own = h128.filter((row) => row.sample === sample);
      const corrected = await evolutionFile.read(out, { model, sample });
      assert.deepEqual(corrected, result.evolution[sample]);
      compare(
        corrected,
        own.map(({ step, structural_excluded }) => ({ step, ...structural_excluded })),
      );
      const anew = await nodeFractalDimensionEvolution(model, { out, sample });
      assert.deepEqual(anew, corrected);
      const all = await nodeFractalDimensionEvolution(model, {
        out,
        sample,
        includeStructural: true,
      });
      compare(all, own.map(({ step, published }) => ({ step, ...published })));
    }
    const published = join(out, "published");
    await analyzeNodeFractalDimension(run, {
      options: { ...options, includeStructural: true },
      ...{ out: published, store },
    });
    assert.deepEqual(
      await evolutionFile.read(published, { model, sample: 2 }),
      await nodeFractalDimensionEvolution(model, { out, sample: 2, includeStructural: true }),
    );
  }));

function compare(actual: readonly object[], expected: readonly object[]) {
  assert.equal(actual.length, expected.length);
  expected.forEach((row, i) => {
    assert.deepEqual(Object.keys(actual[i]!), Object.keys(row));
    allClose(Object.values(actual[i]!), Object.values(row), 1e-13, JSON.stringify(row));
  });
}
