import assert from "node:assert/strict";
import { spectraFigure } from "../../../lib/figures/spectra/spectra.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { spectrumRows } from "../tables.ts";

const rows = [
  ...spectrumRows(0, 0, 0.25),
  ...spectrumRows(0, 1, 0.5),
  ...spectrumRows(143000, 0, 0.75),
];

Deno.test("spectraFigure() names its axes and the steps, the longest of Pythia's inside the margin", () => {
  const figure = spectraFigure(rows, [0, 143000]);
  const texts = drawnTexts(figure);
  for (const text of ["step 0", "step 143,000", "↑ multifractal spectrum f(α)"]) {
    assert.ok(texts.includes(text), text);
  }
  assert.ok(texts.includes("Lipschitz–Hölder exponent α →"));
  const place = figure.svg.match(
    /translate\(([\d.]+),[\d.]+\)"[^>]*>[^<]*(?:<text[^>]*>)?step 143,000/,
  );
  // Bold letters of 12 px are 7.4 px wide on average.
  assert.ok(Number(place?.[1]) + 12 * 7.4 < figure.width, `${place?.[1]} of ${figure.width}`);
});

Deno.test("spectraFigure() tells over how many samples it averages", () => {
  assert.match(spectraFigure(rows, [0]).caption, /mean of 2 samples a step/);
  assert.match(spectraFigure(rows, [0, 143000]).caption, /mean of 1 to 2 samples a step/);
  assert.match(spectraFigure(rows, [143000]).caption, /, one sample a step/);
  assert.match(spectraFigure(rows, [0]).caption, /Bands: at each order q/);
  assert.doesNotMatch(spectraFigure(rows, [143000]).caption, /Bands/);
});

Deno.test("spectraFigure() names the model in the title, where it is told", () => {
  const title = (figure: { svg: string }) => figure.svg.match(/aria-label="([^"]*)"/)![1];
  assert.equal(title(spectraFigure(rows, [0])), "The multifractal spectrum over training");
  assert.equal(
    title(spectraFigure(rows, [0], { model: "toy" })),
    "toy: the multifractal spectrum over training",
  );
});

Deno.test("spectraFigure() draws the same bytes twice, and refuses a step that is not there", () => {
  const draw = () => spectraFigure(rows, [0]).svg;
  assert.equal(draw(), draw());
  assert.throws(() => spectraFigure(rows, [7]), /step 7 has no spectrum .* steps: 0, 143000/);
  assert.throws(() => spectraFigure(rows, []), /no step to draw/);
});
