import assert from "node:assert/strict";
import { join } from "node:path";
import type { NfdStatistics } from "../../lib/nfd/nfd_tables.ts";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { nfdEvolution } from "../../lib/runs/nfd/nfd_evolution.ts";
import { evolutionFile, nodesFile } from "../../lib/runs/nfd/nfd_files.ts";
import { allClose, readGolden } from "../golden/golden.ts";
import { syntheticRun, syntheticSteps } from "../golden/synthetic_checkpoint.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { analyzeNfd } from "./analyze_alone.ts";

interface GoldenStatistics {
  step: number;
  sample: number;
  published: NfdStatistics;
  structural_excluded: NfdStatistics;
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
    const result = await analyzeNfd(run, {
      options,
      ...{ out, store },
      onNetwork: (...counts) => told.push(counts),
    });
    assert.deepEqual(told.at(-1)!.slice(0, 2), [18, 18]);
    assert.equal(told.length, 1 + 18);
    assert.equal(result.record.modelSize, 1_193_984);

    const model = "pythia-14m";
    const { networks } = readGolden<
      { networks: { step: number; sample: number; nfd: number[] }[] }
    >("nfd_h128");
    for (const { step, sample, nfd } of networks) {
      const rows = await nodesFile.read(out, { model, step, sample });
      allClose(rows.map(({ nfdValue }) => nfdValue), nfd, 1e-13, `step ${step}`);
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
      const anew = await nfdEvolution(model, { out, sample });
      assert.deepEqual(anew, corrected);
      const all = await nfdEvolution(model, {
        out,
        sample,
        includeStructural: true,
      });
      compare(all, own.map(({ step, published }) => ({ step, ...published })));
    }
    const published = join(out, "published");
    await analyzeNfd(run, {
      options: { ...options, includeStructural: true },
      ...{ out: published, store },
    });
    assert.deepEqual(
      await evolutionFile.read(published, { model, sample: 2 }),
      await nfdEvolution(model, { out, sample: 2, includeStructural: true }),
    );
  }));

function compare(actual: readonly object[], expected: readonly object[]) {
  assert.equal(actual.length, expected.length);
  expected.forEach((row, i) => {
    assert.deepEqual(Object.keys(actual[i]!), Object.keys(row));
    allClose(Object.values(actual[i]!), Object.values(row), 1e-13, JSON.stringify(row));
  });
}
