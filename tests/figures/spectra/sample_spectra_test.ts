import assert from "node:assert/strict";
import { sampleSpectraFigure } from "../../../lib/figures/spectra/sample_spectra.ts";
import { multifractalSpectrum } from "../../../lib/multifractal/multifractal_spectrum.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { spectrumRows } from "../tables.ts";

const rows = [0.25, 0.5, 0.75].flatMap((bend, sample) => spectrumRows(512, sample, bend));
const full = multifractalSpectrum({
  radii: Float64Array.of(2, 5),
  counts: Uint32Array.of(6, 6, 3, 12),
  selected: Uint32Array.of(0, 1),
  nodes: 2,
  edges: 27,
}, { q: [-1, 0, 1] });

Deno.test("sampleSpectraFigure() draws every sample and their mean, and says how many there are", () => {
  const figure = sampleSpectraFigure(rows, { model: "toy", step: 512 });
  const texts = drawnTexts(figure);
  assert.ok(texts.includes("toy at step 512: 3 samples of one checkpoint"));
  assert.ok(texts.includes("mean of 3") && !texts.includes("full network"));
  const samples = figure.svg.match(/<g aria-label="line"[^>]*stroke="#888"[^>]*>(.*?)<\/g>/s)![1]!;
  assert.equal(samples.match(/<path/g)!.length, 3);
  assert.doesNotMatch(figure.caption, /full network/);
});

Deno.test("sampleSpectraFigure() draws the full network dashed where it is known", () => {
  if (full.status !== "ok") throw new Error(full.reason);
  const figure = sampleSpectraFigure(rows, { model: "toy", step: 512, full });
  assert.ok(drawnTexts(figure).includes("full network"));
  assert.match(figure.svg, /stroke-dasharray="5,3"/);
  assert.match(figure.caption, /Dashed: the full network/);
});

Deno.test("sampleSpectraFigure() draws the same bytes twice, and refuses a step that is not there", () => {
  const draw = () => sampleSpectraFigure(rows, { model: "toy", step: 512 }).svg;
  assert.equal(draw(), draw());
  assert.throws(
    () => sampleSpectraFigure(rows, { model: "toy", step: 7 }),
    /step 7 has no spectrum/,
  );
});
