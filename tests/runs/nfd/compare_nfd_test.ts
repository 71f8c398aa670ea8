import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { compareNfd } from "../../../lib/runs/nfd/compare_nfd.ts";
import { drawNfdComparison } from "../../../lib/runs/nfd/draw_nfd.ts";
import { comparisonFile } from "../../../lib/runs/nfd/nfd_files.ts";
import { syntheticRun } from "../../golden/synthetic_checkpoint.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { analyzeNfd } from "../analyze_alone.ts";

const nano = "suite:nano-64";
const both = ["pythia-14m", "nano-64"];

async function analyzed(out: string, steps = [0, 8, 512], change: object = {}) {
  const pythia = await syntheticRun("pythia-14m", [0, 512, 1000]);
  const place = { out, store: join(out, "networks") };
  const options = analysisOptions({ samples: 2 });
  return [
    await analyzeNfd(nano, {
      ...place,
      steps,
      options: { ...options, ...change },
    }),
    await analyzeNfd(pythia, { ...place, options }),
  ];
}

Deno.test("compareNfd() has a row for each model by size, at the steps that all have", () =>
  withFolder(async (out) => {
    const models = await analyzed(out);
    const { comparisons, leftOut } = await compareNfd(both, { out });
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
        models.map(({ record: { model, modelSize }, evolution }) => {
          const { step: _, ...own } = evolution[Number(sample)]!.find((row) => row.step === step)!;
          return { model, modelSize, ...own };
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
    assert.deepEqual(record.leftOut, leftOut);
    assert.equal(record.options.nfdThreshold, 200);
    assert.match(record.models[1].checkpoints[0].sha256, /^[0-9a-f]{64}$/);

    const one = await compareNfd(both, { out, steps: [512] });
    assert.deepEqual(one.comparisons.map(({ step }) => step), [512, 512]);
    assert.deepEqual(one.leftOut, []);
    const inWords = await compareNfd(both, { out, steps: "4-600" });
    assert.deepEqual(inWords.comparisons.map(({ step }) => step), [512, 512]);
    assert.deepEqual(inWords.leftOut, [{ step: 8, missing: ["pythia-14m"] }]);
    const two = await compareNfd(both, { out, steps: "log:2" });
    assert.deepEqual([two.comparisons.length, two.leftOut], [4, []]);
    await throwsError(
      () => compareNfd(both, { out, steps: "0,8" }),
      /not every model has the steps 0, 8: nano-64 has/,
    );
    await compareNfd(both, { out, steps: [512] });
    const figure = await drawNfdComparison({ out, sample: 1 });
    assert.match(figure.svg, /2 models at step 512/);
    const drawn = join(out, "nfd/comparisons/figures/nfd_comparison_step512_sample1");
    assert.equal(await Deno.readTextFile(`${drawn}.svg`), figure.svg);
    assert.ok((await Deno.stat(`${drawn}.png`)).size > 1000);
    await throwsError(
      () => drawNfdComparison({ out, step: 0 }),
      /step 0 was not compared; steps in .*: 512/,
    );
  }));

Deno.test("compareNfd() takes no step for another", () =>
  withFolder(async (out) => {
    await analyzed(out, [1, 8]);
    await throwsError(
      () => compareNfd(both, { out }),
      /have no step in common: nano-64 has 1, 8; pythia-14m has 0, 512, 1000/,
    );
    await throwsError(
      () => compareNfd(both, { out, steps: [512] }),
      /not every model has the steps 512: nano-64 has 1, 8/,
    );
    await throwsError(
      () => drawNfdComparison({ out }),
      /run\.json is not there; compare some models first/,
    );
  }));

Deno.test("compareNfd() compares only what was measured alike", () =>
  withFolder(async (out) => {
    await analyzed(out, [0], { nfdThreshold: 90 });
    await throwsError(
      () => compareNfd(both, { out }),
      /nano-64 was measured with nfdThreshold 90 but pythia-14m with 200/,
    );
    await throwsError(
      () => compareNfd([...both, "absent"], { out }),
      /absent has no complete node fractal dimensions in .*calculate them first/,
    );
    for (const models of [["nano-64"], ["nano-64", "nano-64"]]) {
      await assert.rejects(
        compareNfd(models, { out }),
        /takes two or more different models/,
      );
    }
    await assert.rejects(
      compareNfd(both, { out, step: [0] } as never),
      /did you mean "steps"/,
    );
    await Deno.writeTextFile(join(out, "nfd/nano-64/run.json"), '{"model":"nano-64"}');
    await throwsError(
      () => compareNfd(both, { out }),
      /run\.json: modelSize is missing; remove it and calculate/,
    );
  }));
