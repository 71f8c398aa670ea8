import { measure } from "../../lib/runs/measure.ts";
import assert from "node:assert/strict";
import { join } from "node:path";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { saveModelTables } from "../../lib/runs/tables.ts";
import { metricPages, visualizeModel } from "../../lib/runs/visualize_model.ts";
import { modelScores } from "../../lib/runs/model_scores.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { analyzeEmergence } from "./analyze_alone.ts";
import { scoredModel } from "../helpers/scored_model.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { withoutPng } from "../helpers/without_png.ts";

const options = analysisOptions({ convention: "reference", samples: 2, layerSample: 24 });

Deno.test("visualizeModel() draws the tables of a model and, where there are scores, E beside them", () =>
  withFolder(async (out) => {
    const run = await syntheticRun("pythia-14m", [0, 1000]);
    const { emergence } = await analyzeEmergence(run, { options, out, store: join(out, "none") });
    const folder = join(out, "figures", "pythia-14m");
    const names = ["emergence", "spectra", "mass_exponent"];
    assert.deepEqual(
      await withoutPng(() => visualizeModel("pythia-14m", out)),
      names.map((name) => join(folder, name)),
    );
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assert.deepEqual(files, names.flatMap((name) => [`${name}.png`, `${name}.svg`]).sort());
    const svg = await Deno.readTextFile(join(folder, "spectra.svg"));
    assert.match(svg, />step 0<.*>step 1,000</s);
    const scores = emergence.map(({ step }) => ({
      step,
      metric: "sciq",
      value: 0.5,
      stderr: 0.01,
    }));
    assert.deepEqual(
      (await withoutPng(() => visualizeModel("pythia-14m", out, scores))).slice(-2),
      ["emergence_and_scores", "correlations"].map((name) =>
        join(out, "emergence", "figures_metrics", `${name}_pythia-14m`)
      ),
    );
    const correlations = await Deno.readTextFile(
      join(out, "emergence", "pythia-14m", "correlations.csv"),
    );
    const [header, row] = correlations.split("\n");
    assert.equal(
      header,
      "quantity,metric,variant,detrend,method,n,n_effective,left_out,r,r_step,low,high,block_low,block_high,p_value,p_permutation,p_holm,status",
    );
    assert.match(
      row!,
      /^E,sciq,levels,,pearson,2,,0,,.*,2 of the 4 points that a correlation with/,
    );
  }));

Deno.test("visualizeModel() draws the excess over a null model where the tables have one", () =>
  withFolder(async (out) => {
    const run = await syntheticRun("pythia-14m", [0, 1000]);
    const compared = { ...options, null: "rescale", nullDraws: 1, nullSeed: 0 } as const;
    await analyzeEmergence(run, { options: compared, out, store: join(out, "none") });
    const path = join(out, "figures", "pythia-14m", "excess");
    const paths = await withoutPng(() => visualizeModel("pythia-14m", out));
    assert.ok(paths.includes(path));
    assert.match(await Deno.readTextFile(`${path}.svg`), /Null model “rescale” \(1 draw\)/);
  }));

Deno.test("visualizeModel() of a model without tables says what to run, and writes no figure", () =>
  withFolder(async (out) => {
    await throwsError(() => visualizeModel("nano-8", out), /run --stage analyze for nano-8 first$/);
    assert.deepEqual([...Deno.readDirSync(out)], []);
  }));

Deno.test("visualizeModel() of tables without any E says so, and writes no figure", () =>
  withFolder(async (out) => {
    const row = { step: 0, alpha0: NaN, width: NaN, E: NaN, eLow: NaN, eHigh: NaN };
    const emergence = [{ ...row, samplesKept: 0, status: "none of 2 samples kept" }];
    const record = { model: "nano-8", options, threshold: 150, checkpoints: [], versions: {} };
    const tables = { model: "nano-8", emergence, spectra: [], samples: [] };
    await saveModelTables(out, tables, record);
    await assert.rejects(
      visualizeModel("nano-8", out),
      /nano-8 has no step with an E to draw; see the statuses/,
    );
    await assert.rejects(Deno.stat(join(out, "figures")), Deno.errors.NotFound);
  }));

Deno.test("visualizeModel() draws more than twelve metrics on pages, and tells how far it is", () =>
  withFolder(async (folder) => {
    const { source, out } = await scoredModel(folder, 13, 3);
    const scores = await modelScores({ model: "toy", source });
    const told: (readonly [number, number])[] = [];
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const figures = await withoutPng(() =>
      visualizeModel("toy", out, scores, {
        onProgress: (done, total) => told.push([done, total]),
      })
    );
    clearInterval(timer);
    assert.deepEqual(
      figures.slice(-4),
      ["emergence_and_scores_toy_1", "emergence_and_scores_toy_2"]
        .concat(["correlations_toy_1", "correlations_toy_2"])
        .map((name) => join(out, "emergence", "figures_metrics", name)),
    );
    const [first, second] = await Promise.all(
      figures.slice(-2).map((path) => Deno.readTextFile(`${path}.svg`)),
    );
    assert.match(first!, />skill12<(?!.*>skill13<).*/s);
    assert.match(second!, />skill13</);
    assert.match(second!, /Page 2 of 2, metrics 13 to 13 of 13\. /);
    // 13 metrics to correlate, and 7 figures to draw and then to write.
    assert.deepEqual(told, Array.from({ length: 28 }, (_, done) => [done, 27]));
    assert.ok(turns >= 10, `${turns} turns for others`);
  }));

const rows = (metrics: number) =>
  [0, 1].flatMap((step) =>
    Array.from({ length: metrics }, (_, i) => ({ step, metric: `m${i + 1}` }))
  );

Deno.test("metricPages() keeps up to twelve metrics together, and then names no page", () => {
  assert.deepEqual(metricPages("toy", []), []);
  const [page, ...more] = metricPages("toy", rows(12));
  assert.deepEqual(more, []);
  assert.deepEqual([page!.rows.length, page!.suffix, page!.caption], [24, "", ""]);
});

Deno.test("metricPages() puts more metrics on further pages, and says which they are", () => {
  const pages = metricPages("toy", rows(25));
  assert.deepEqual(pages.map(({ suffix }) => suffix), ["_1", "_2", "_3"]);
  assert.deepEqual(pages.map(({ rows }) => rows.length), [24, 24, 2]);
  assert.deepEqual(pages[2]!.rows.map(({ metric }) => metric), ["m25", "m25"]);
  assert.equal(pages[1]!.caption, "Page 2 of 3, metrics 13 to 24 of 25. ");
});

Deno.test("metricPages() refuses more metrics than anybody looks through", () => {
  assert.equal(metricPages("toy", rows(300)).length, 25);
  assert.throws(
    () => metricPages("toy", rows(301)),
    /^RangeError: toy has scores of 301 metrics, and at most 300 are drawn; name some .* --metrics$/,
  );
});

Deno.test("visualizeModel() draws for print: the width, the words, PDFs, and a LaTeX file that includes each", () =>
  withFolder(async (folder) => {
    const result = await measure("suite:nano-32", { samples: 2, layerSample: 8, steps: [0, 512] });
    await saveModelTables(folder, result, result.record);
    const look = { figureWidth: "84mm", noCaption: true, font: "serif", pdf: true } as const;
    const paths = await visualizeModel("nano-32", folder, [], look);
    const tex = await Deno.readTextFile(`${folder}/figures/nano-32/figures.tex`);
    for (const path of paths) {
      const svg = await Deno.readTextFile(`${path}.svg`);
      assert.match(svg, /^<svg [^>]*width="317\.4803".*font-family="DejaVu Serif, serif"/);
      const pdf = await Deno.readFile(`${path}.pdf`);
      assert.equal(new TextDecoder().decode(pdf.subarray(0, 5)), "%PDF-");
      assert.ok(tex.includes(`\\includegraphics{\\detokenize{${path.replace(/.*\//, "")}.pdf}}`));
    }
    assert.match(tex, /\\caption\{nano-32: .* 95 \\% interval/);
    await visualizeModel("nano-32", folder);
    for (
      const path of [...paths.map((path) => `${path}.pdf`), `${folder}/figures/nano-32/figures.tex`]
    ) {
      await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
    }
    await assert.rejects(
      visualizeModel("nano-32", folder, [], { figure_width: "4in" } as never),
      /visualizeModel .*figure_width/,
    );
  }));
