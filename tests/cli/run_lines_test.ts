import assert from "node:assert/strict";
import { join } from "node:path";
import { emergenceLines, rerunLines, tableLines } from "../../lib/cli/run_lines.ts";
import { type AnalysisOptions, analysisOptions } from "../../lib/runs/analysis_options.ts";
import { analyzeRun } from "../../lib/runs/units/analyze_run.ts";
import { tinyOptions, withTinyRun } from "../runs/tiny_run.ts";

Deno.test("tableLines() says which networks have no neuron with a dimension, and what to do", () =>
  withTinyRun([0, 4], async ({ run, folder }) => {
    const place = { out: folder, store: join(folder, "none") };
    const lines = async (options: AnalysisOptions) =>
      tableLines(await analyzeRun(run, { options, tables: "nfd" }, place), folder);
    const wrote = `wrote ${join(folder, "nfd", "nano-8")}`;
    assert.deepEqual(await lines(tinyOptions({ edges: "all", minimumEdges: 99 })), [
      "no neuron of nano-8 can have a fractal dimension at step 0 (sample 0) and in 3 other networks: it takes " +
      "more than 99 learned edges, and the tables give the status of each neuron; --layer_sample draws more neurons",
      wrote,
    ]);
    assert.deepEqual(await lines(analysisOptions({ network: "full", minimumEdges: 99 })), [
      "no neuron of nano-8 can have a fractal dimension at step 0 (the full network) and in 1 other network: it takes " +
      "more than 99 learned edges, and the tables give the status of each neuron",
      wrote,
    ]);
    assert.deepEqual(await lines(tinyOptions({ edges: "all", minimumEdges: 4 })), [wrote]);
  }));

Deno.test("emergenceLines() lines up the columns under a title, missing values as dashes", () => {
  const rows = [
    {
      ...{ step: 0, alpha0: 1.98764, width: 0.5, E: 0, eLow: -0.00001, eHigh: 0 },
      ...{ samplesKept: 10, status: "ok" },
    },
    {
      ...{ step: 143000, alpha0: 1.5, width: 12.25, E: -0.12345, eLow: NaN, eHigh: NaN },
      ...{ samplesKept: 1, status: "no interval: 1 sample kept" },
    },
  ];
  assert.deepEqual(emergenceLines("nano-8", rows), [
    "nano-8: degree of emergence E with its 95 % interval",
    "    step   alpha_0     width         E       low      high   samples status",
    "       0    1.9876    0.5000    0.0000    0.0000    0.0000        10 ok",
    "  143000    1.5000   12.2500   -0.1235         –         –         1 no interval: 1 sample kept",
  ]);
});

Deno.test("emergenceLines() shows the excess over a null model and its p value", () => {
  const row = {
    ...{
      step: 512,
      alpha0: 0.75,
      width: 0.5,
      E: 0.02,
      eLow: 0.01,
      eHigh: 0.03,
      samplesKept: 2,
    },
    ...{ eNull: 0.015, eNullLow: 0.01, eNullHigh: 0.02, excess: 0.005, excessLow: 0.001 },
    ...{ excessHigh: 0.009, pValue: 0.25, nullDraws: 3, status: "ok" },
  };
  assert.deepEqual(emergenceLines("nano-8", [row], { null: "permute", nullDraws: 3 }), [
    "nano-8: degree of emergence E with its 95 % interval, and its excess over 3 draws of the null model permute",
    "    step   alpha_0     width         E       low      high   samples    E_null    excess       low      high         p status",
    "     512    0.7500    0.5000    0.0200    0.0100    0.0300         2    0.0150    0.0050    0.0010    0.0090    0.2500 ok",
  ]);
  assert.equal(
    emergenceLines("nano-8", [{ ...row, pValue: NaN }], {
      ...{ network: "full", null: "rescale", nullDraws: 1 },
    })[0],
    "nano-8: degree of emergence E of the full network, and its excess over 1 draw of the null model rescale",
  );
});

Deno.test("what a repeated run could not compare is named apart from what it did", () => {
  const nothing = { model: "toy", same: [], different: [], absent: [] };
  assert.deepEqual(rerunLines({ ...nothing, same: ["a.csv", "b.csv"] }), {
    notes: [],
    verdict: "all 2 tables of toy are the same bytes",
  });
  const absent = ["samples.csv", ...Array.from({ length: 9 }, (_, i) => `nfd_${i}.csv`)];
  assert.deepEqual(rerunLines({ ...nothing, same: ["a.csv"], different: ["b.csv"], absent }), {
    notes: [
      "not there, and repeated with the digest that run.json recorded: samples.csv",
      "not there, and not recorded, so nothing is compared: nfd_0.csv, nfd_1.csv, nfd_2.csv, " +
      "nfd_3.csv, nfd_4.csv, nfd_5.csv, nfd_6.csv, nfd_7.csv and 1 more",
    ],
    verdict: "1 of 2 tables of toy are not the same bytes: b.csv",
  });
  const { verdict } = rerunLines({ ...nothing, absent });
  assert.equal(verdict, "no table of toy is there to be compared");
});

Deno.test("emergenceLines() says a sentence that several steps have once, with how many have it", () => {
  const row = (step: number, status: string) => ({
    ...{ step, alpha0: 1, width: 1, E: 0, eLow: NaN, eHigh: NaN, samplesKept: 2, status },
  });
  const few = "no interval: 2 samples kept", poor = "poor fit: r² is 0.40";
  const rows = [
    ...[row(0, "ok"), row(1, few), row(2, few), row(4, poor), row(8, few), row(16, "ok")],
    ...[row(32, "ok"), row(64, poor)],
  ];
  const lines = emergenceLines("nano-8", rows).slice(2);
  assert.deepEqual(lines.map((line) => line.slice(69).trim()).slice(0, 8), [
    ...["ok", "note 1", "note 1", poor, "note 1", "ok", "ok", poor],
  ]);
  assert.deepEqual(lines.slice(8), [`note 1, of 3 steps: ${few}`]);
});
