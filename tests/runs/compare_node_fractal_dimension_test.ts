import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { analyzeNodeFractalDimension } from "../../lib/runs/analyze_node_fractal_dimension.ts";
import { compareNodeFractalDimension } from "../../lib/runs/compare_node_fractal_dimension.ts";
import { drawNodeFractalDimensionComparison } from "../../lib/runs/draw_node_fractal_dimension_comparison.ts";
import { comparisonFile } from "../../lib/runs/node_fractal_dimension_files.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

const nano = "suite:nano-64";
const both = ["pythia-14m", "nano-64"];

async function analyzed(out: string, steps = [0, 8, 512], change: object = {}) {
  const pythia = await syntheticRun("pythia-14m", [0, 512, 1000]);
  const place = { out, store: join(out, "networks") };
  const options = analysisOptions({ samples: 2 });
  return [
    await analyzeNodeFractalDimension(nano, {
      ...place,
      steps,
      options: { ...options, ...change },
    }),
    await analyzeNodeFractalDimension(pythia, { ...place, options }),
  ];
}

Deno.test("compareNodeFractalDimension() has a row for each model by size, at the steps that all have", () =>
  withFolder(async (out) => {
    const models = await analyzed(out);
    const { comparisons, leftOut } = await compareNodeFractalDimension(both, { out });
    assert.deepEqual(comparisons.map(({ step, sample }) => [step, sample]), [
      ...[[0, 0], [512, 0], [0, 1], [512, 1]],
    ]);
    assert.deepEqual(leftOut, [
      { step: 8, missing: ["pythia-14m"] },
      { step: 1000, missing: ["nano-64"] },
    ]);
    for (const { step, sample, rows } of comparisons) {
      assert.deepEqual(await comparisonFile.read(out, { step, sample }), rows);
      assert.deepEqual(
        rows,
        models.map(({ record: { model, model_size }, evolution }) => {
          const { step: _, ...own } = evolution[Number(sample)]!.find((row) => row.step === step)!;
          return { model, model_size, ...own };
        }),
      );
    }
    const text = await Deno.readTextFile(
      join(out, "nfd/comparisons/nfd_comparison_step512_sample1.csv"),
    );
    assert.match(
      text,
      /^model,model_size,mean,median,std,min,max,range,count\nnano-64,210304,0\.\d+,/,
    );
    const record = JSON.parse(await Deno.readTextFile(join(out, "nfd/comparisons/run.json")));
    assert.deepEqual(record.steps, [0, 512]);
    assert.deepEqual(record.left_out, leftOut);
    assert.equal(record.options.nfdThreshold, 200);
    assert.match(record.models[1].checkpoints[0].sha256, /^[0-9a-f]{64}$/);

    const one = await compareNodeFractalDimension(both, { out, steps: [512] });
    assert.deepEqual(one.comparisons.map(({ step }) => step), [512, 512]);
    assert.deepEqual(one.leftOut, []);
    const figure = await drawNodeFractalDimensionComparison({ out, sample: 1 });
    assert.match(figure.svg, /2 models at step 512/);
    const drawn = join(out, "nfd/comparisons/figures/nfd_comparison_step512_sample1");
    assert.equal(await Deno.readTextFile(`${drawn}.svg`), figure.svg);
    assert.ok((await Deno.stat(`${drawn}.png`)).size > 1000);
    await throwsError(
      () => drawNodeFractalDimensionComparison({ out, step: 0 }),
      /step 0 was not compared; steps in .*: 512/,
    );
  }));

Deno.test("compareNodeFractalDimension() takes no step for another", () =>
  withFolder(async (out) => {
    await analyzed(out, [1, 8]);
    await throwsError(
      () => compareNodeFractalDimension(both, { out }),
      /have no step in common: nano-64 has 1, 8; pythia-14m has 0, 512, 1000/,
    );
    await throwsError(
      () => compareNodeFractalDimension(both, { out, steps: [512] }),
      /not every model has the steps 512: nano-64 has 1, 8/,
    );
    await throwsError(
      () => drawNodeFractalDimensionComparison({ out }),
      /run\.json is not there; compare some models first/,
    );
  }));

Deno.test("compareNodeFractalDimension() compares only what was measured alike", () =>
  withFolder(async (out) => {
    await analyzed(out, [0], { nfdThreshold: 90 });
    await throwsError(
      () => compareNodeFractalDimension(both, { out }),
      /nano-64 was measured with nfdThreshold 90 but pythia-14m with 200/,
    );
    await throwsError(
      () => compareNodeFractalDimension([...both, "absent"], { out }),
      /absent has no complete node fractal dimensions in .*calculate them first/,
    );
    for (const models of [["nano-64"], ["nano-64", "nano-64"]]) {
      await assert.rejects(
        compareNodeFractalDimension(models, { out }),
        /takes two or more different models/,
      );
    }
    await assert.rejects(
      compareNodeFractalDimension(both, { out, step: [0] } as never),
      /did you mean "steps"/,
    );
    await Deno.writeTextFile(join(out, "nfd/nano-64/run.json"), '{"model":"nano-64"}');
    await throwsError(
      () => compareNodeFractalDimension(both, { out }),
      /run\.json: model_size is missing; remove it and calculate/,
    );
  }));
