import assert from "node:assert/strict";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { degreeOfEmergence } from "../../lib/emergence/degree_of_emergence.ts";
import { Figure } from "../../lib/figures/render/draw_figure.ts";
import {
  multifractalSpectra,
  type SampleSpectrum,
  type StepSpectra,
} from "../../lib/multifractal/multifractal_spectra.ts";
import { samplesTable, spectraTable } from "../../lib/multifractal/spectra_tables.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { displayBundle } from "../../lib/display/display_bundle.ts";
import { isMeasurement, shownValue, shownValues } from "../../lib/display/shown_value.ts";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { measure } from "../../lib/runs/measure.ts";
import { runRecord } from "../../lib/runs/run_record.ts";
import { drawnTexts } from "../figures/drawn_texts.ts";

const run = await openRun("suite:nano-64");
const spectra = await multifractalSpectra(sampleNetworks(run, { samples: 2, steps: [0, 512] }));
const emergence = degreeOfEmergence(spectra);

async function figureOf(value: unknown): Promise<Figure> {
  const shown = await shownValue(value);
  assert.ok(shown instanceof Figure);
  return shown;
}

/** Spectra of the steps as if no node had been selected. */
function unmeasured(steps: readonly StepSpectra[]): StepSpectra[] {
  const counts = { edges: 9, nodes: 3, selectedNodes: 0, radii: 0 };
  const spectrum = { ...counts, status: "no node selected", reason: "None has enough." } as const;
  return steps.map((step) => ({
    ...step,
    samples: step.samples.map((sample): SampleSpectrum => ({ ...sample, spectrum })),
  }));
}

Deno.test("a run is shown as its summary, without the place on this machine", async () => {
  const summary = { ...run, steps: [0, 512], warnings: ["Two steps are one."] };
  assert.deepEqual(await shownValue(summary), [
    { run: "model", value: "nano-64" },
    { run: "checkpoints", value: "2" },
    { run: "steps", value: "0, 512" },
    { run: "warning", value: "Two steps are one." },
  ]);
  const [, from] = await shownValue({ ...run, source: "hf:owner/model" }) as { value: string }[];
  assert.equal(from?.value, "hf:owner/model");
});

Deno.test("a checkpoint is shown as the table of its tensors", async () => {
  const rows = await shownValue(await run.checkpoint(0)) as Record<string, unknown>[];
  const embedding = rows.find(({ tensor }) => tensor === "embed_out.weight");
  assert.equal(embedding?.dtype, "F16");
  const [height, width] = `${embedding?.shape}`.split(" × ").map(Number);
  assert.equal(width, 64);
  assert.equal(embedding?.values, height! * width!);
});

Deno.test("spectra are shown as their plot, with the model in the title and the steps left out in the caption", async () => {
  const figure = await figureOf(spectra);
  assert.ok(drawnTexts(figure).includes("step 512"));
  assert.match(figure.svg, />nano-64: the multifractal spectrum over training</);
  assert.doesNotMatch(figure.caption, / steps\./);
  const twelve = Array.from({ length: 12 }, (_, i) => ({ ...spectra[i % 2]!, step: i }));
  assert.match((await figureOf(twelve)).caption, / 7 of 12 steps\.$/);
});

Deno.test("spectra that cannot be drawn together are shown as the table of samples", async () => {
  const rows = await shownValue(unmeasured(spectra)) as Record<string, unknown>[];
  assert.deepEqual(
    rows.map(({ model, step, status }) => [model, step, status]),
    [0, 0, 512, 512].map((step) => ["nano-64", step, "None has enough."]),
  );
  const models = spectra.map((step, i) => ({ ...step, model: `m${i}` }));
  assert.deepEqual(
    (await shownValue(models) as { model: string }[]).map(({ model }) => model),
    ["m0", "m0", "m1", "m1"],
  );
});

Deno.test("one spectrum is shown as its plot, and a missing one as its reason", async () => {
  const { spectrum } = spectra[0]!.samples[0]!;
  assert.ok(spectrum.status === "ok");
  const texts = drawnTexts(await figureOf(spectrum));
  assert.ok(texts.includes(`α₀ ${spectrum.alpha0.toFixed(3)}`));
  assert.ok(texts.includes(`width ${spectrum.width.toFixed(3)}`));
  const [missing] = unmeasured(spectra)[0]!.samples;
  assert.equal(await shownValue(missing!.spectrum), "no node selected: None has enough.");
});

Deno.test("rows of E are shown as a table, a model's tables as E over training", async () => {
  assert.equal(await shownValue(emergence), emergence);
  const { data } = await displayBundle(await shownValue(emergence));
  assert.match(`${data["text/html"]}`, /<th style="text-align:right">E_low<\/th>/);
  const tables = { model: "nano-64", emergence, spectra: spectraTable(spectra) };
  const samples = samplesTable(spectra);
  assert.match((await figureOf({ ...tables, samples })).caption, /^E = width/);
  const none = emergence.map((row) => ({ ...row, E: NaN, status: "none" }));
  assert.equal(await shownValue({ ...tables, emergence: none, samples }), none);
});

Deno.test("a record is shown in words, and what is none of these as it is", async () => {
  const record = runRecord("nano-64", analysisOptions(), 150, new Map());
  assert.match(`${await shownValue(record)}`, /^nano-64: threshold 150, /);
  for (const other of [null, undefined, 3, "text", [], [1], {}, { model: "x" }, () => {}]) {
    assert.equal(await shownValue(other), other);
  }
});

Deno.test("a measurement is shown as E over training, its spectra, and in words, each with what it was made by", async () => {
  const result = await measure("suite:nano-64", { samples: 2, steps: [0, 512] });
  assert.ok(isMeasurement(result));
  const [over, curves, words, ...others] = await shownValues(result);
  assert.ok(over instanceof Figure && curves instanceof Figure);
  assert.deepEqual([over.name, curves.name, others], ["emergence", "spectra", []]);
  for (const figure of [over, curves]) assert.ok(figure.caption.endsWith(result.made));
  assert.ok(drawnTexts(curves).includes("step 512"));
  assert.equal(words, String(result));
  assert.equal((await figureOf(result)).svg, over.svg);
});

Deno.test("a measurement without any E is shown in words alone, and what is none as one thing", async () => {
  const none = { samples: 1, steps: [0, 512], minimumEdges: 10_000 };
  const result = await measure("suite:nano-64", none);
  assert.deepEqual(await shownValues(result), [String(result)]);
  const { model, samples } = result;
  const tables = { model, emergence, spectra: spectraTable(spectra), samples };
  assert.equal(isMeasurement(tables), false);
  assert.deepEqual(await shownValues("E"), ["E"]);
});
