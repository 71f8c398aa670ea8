/** Scores as people have them: each layout gives the right series. */

import assert from "node:assert/strict";
import { harnessScores, type HarnessScoresOptions } from "../../lib/scores/harness_scores.ts";
import { correlationTable } from "../../lib/correlations/correlation_table.ts";
import { laterFile, withFiles } from "../helpers/harness_files.ts";

/** A file of the harness with one score. */
function piqa(acc: number, { args = "pretrained=me/toy", shots = 0, ...config }: {
  args?: string | object;
  shots?: number;
  limit?: number;
  date?: number;
} = {}): string {
  const { date, ...own } = config;
  const scores = { piqa: { alias: "piqa", "acc,none": acc, "acc_stderr,none": 0.01 } };
  return laterFile(scores, { model: "hf", model_args: args, ...own }, {
    ...{ "n-shot": { piqa: shots }, model_name: "me/toy" },
    ...date !== undefined && { date },
  });
}

/** The series of a folder with some files: steps and values by the name of the metric; and the words about them. */
async function read(files: Record<string, string>, options: HarnessScoresOptions = {}) {
  const series: Record<string, Record<number, number>> = {}, warnings: string[] = [];
  await withFiles(files, async (source) => {
    const onWarning = (warning: string) => warnings.push(warning.replaceAll(`${source}/`, ""));
    for (const score of await harnessScores("toy", { source, onWarning, ...options })) {
      if (score.value !== null) (series[score.metric] ??= {})[score.step] = score.value;
    }
  });
  return { series, warnings };
}

Deno.test("revisions as OLMo, Pythia and objects name them tell steps", async () => {
  const of = (step: number, args: string | object) => ({
    [`me__toy/results_2024-06-0${step / 1000 + 1}T10-00-00.000001.json`]: piqa(step / 1e4, {
      args,
    }),
  });
  for (
    const args of [
      (step: number) => `pretrained=me/toy,revision=step${step}-tokens${step / 250}B`,
      (step: number) => `pretrained=me/toy,revision=stage1-step${step}-tokens${step / 250}B`,
      (step: number) => `pretrained=me/toy,revision=step${step}`,
      (step: number) => ({ pretrained: "me/toy", revision: `step${step}` }),
    ]
  ) {
    const { series } = await read({ ...of(0, args(0)), ...of(1000, args(1000)) });
    assert.deepEqual(series, { "piqa/acc": { 0: 0, 1000: 0.1 } });
  }
});

Deno.test("folders that OLMo's revisions name tell steps", async () => {
  const { series } = await read({
    "step0-tokens0B/results_2024-01-01T00-00-00.0.json": piqa(0.2),
    "step1000-tokens4B/results_2024-01-01T00-00-00.0.json": piqa(0.3),
  });
  assert.deepEqual(series, { "piqa/acc": { 0: 0.2, 1000: 0.3 } });
});

Deno.test("names with colons are read, and the later of two evaluations counts", async () => {
  const { series } = await read({
    "step0/results_2023-08-29T18:32:47.706144.json": piqa(0.2),
    "step1000/results_2023-08-29T18:32:47.706144.json": piqa(0.3),
    "step1000/results_2023-08-30T18:32:47.706144.json": piqa(0.35),
  });
  assert.deepEqual(series, { "piqa/acc": { 0: 0.2, 1000: 0.35 } });
});

Deno.test("a date inside files tells which evaluation is the later", async () => {
  const { series } = await read({
    "step0/run1/results.json": piqa(0.3, { date: 1_720_000_000 }),
    "step0/run2/results.json": piqa(0.2, { date: 1_710_000_000 }),
  });
  assert.deepEqual(series, { "piqa/acc": { 0: 0.3 } });
});

Deno.test("a file of the main branch beside steps is passed over with a word", async () => {
  const { series, warnings } = await read({
    "me__toy/results_2024-01-01T00-00-00.0.json": piqa(0.2, {
      args: "pretrained=me/toy,revision=step0",
    }),
    "me__toy/results_2024-02-01T00-00-00.0.json": piqa(0.9),
  });
  assert.deepEqual(series, { "piqa/acc": { 0: 0.2 } });
  assert.deepEqual(warnings, [
    "me__toy/results_2024-02-01T00-00-00.0.json tells no step and is passed over, since others tell theirs",
  ]);
});

Deno.test("a run on ten items never takes the place of the full one", async () => {
  const { series, warnings } = await read({
    "step0/results_2024-01-01T00-00-00.000000.json": piqa(0.2),
    "step0/results_2024-01-02T00-00-00.000000.json": piqa(0.9, { limit: 10 }),
  });
  assert.deepEqual(series, { "piqa/acc": { 0: 0.2 }, "piqa/acc (limit 10)": { 0: 0.9 } });
  assert.deepEqual(warnings, ["piqa/acc (limit 10) was measured on a part of the items only"]);
});

/** Zero- and five-shot scores at eight steps, filed in another order at every second. */
function shotsFiles(steps: readonly number[]) {
  return Object.fromEntries(steps.flatMap((step, i) => {
    const [zero, five] = [piqa(0.2 + 0.02 * i), piqa(0.6 + 0.02 * i, { shots: 5 })];
    const files = i % 2 === 1 ? [zero, five] : [five, zero];
    return files.map((file, j) => [
      `step${step}/results_2024-01-0${j + 1}T00-00-00.0.json`,
      file,
    ]);
  }));
}

Deno.test("zero-shot and five-shot alone correlate by 0.958 where mixed they would by 0.369", async () => {
  const steps = [0, 1, 2, 4, 8, 16, 32, 64];
  const measured = [
    ...[0, 0.09345525816258139, 0.11829427819362343, 0.16275735389994334],
    ...[0.21516603717502103, 0.25948371371227946, 0.310443253070212, 0.266066674200255],
  ];
  const E = steps.map((step, i) => ({ step, E: measured[i]! }));
  const quick = { draws: 20, permutations: 20 };
  const correlations = async (options: HarnessScoresOptions) => {
    const { series } = await read(shotsFiles(steps), options);
    const scores = Object.entries(series).flatMap(([metric, values]) =>
      Object.entries(values).map(([step, value]) => ({ step: Number(step), metric, value }))
    );
    return correlationTable(E, scores, quick)
      .filter(({ variant, method }) => variant === "levels" && method === "pearson")
      .map(({ metric, n, r }) => `${metric}: ${r!.toFixed(3)} of ${n}`);
  };
  assert.deepEqual(await correlations({ shots: 0 }), ["piqa/acc: 0.958 of 8"]);
  assert.deepEqual(await correlations({ shots: 5 }), ["piqa/acc: 0.958 of 8"]);
  assert.deepEqual(await correlations({}), [
    "piqa/acc (0-shot): 0.958 of 8",
    "piqa/acc (5-shot): 0.958 of 8",
  ]);
});

Deno.test("a pattern tells the steps of files and folders, with the ending of a file or without", async () => {
  const files = {
    "run7_0.json": piqa(0.2),
    "run7_1000.json": piqa(0.3),
    "results_2024-01-01T00-00-00.0.json": piqa(0.9),
  };
  for (const stepsPattern of [String.raw`run7_(\d+)\.json`, String.raw`run7_(\d+)`]) {
    const { series } = await read(files, { stepsPattern });
    assert.deepEqual(series, { "piqa/acc": { 0: 0.2, 1000: 0.3 } });
  }
  const folders = { "at_8k/results.json": piqa(0.2), "at_16k/results.json": piqa(0.3) };
  const inFolders = await read(folders, { stepsPattern: String.raw`at_(\d+)k` });
  assert.deepEqual(inFolders.series, { "piqa/acc": { 8: 0.2, 16: 0.3 } });
});

Deno.test("scores named in the usual way are read beside checkpoints named by a pattern", async () => {
  const { series } = await read(
    { "toy_step0.json": piqa(0.2) },
    { stepsPattern: String.raw`run7_(\d+)\.pt` },
  );
  assert.deepEqual(series, { "piqa/acc": { 0: 0.2 } });
});
