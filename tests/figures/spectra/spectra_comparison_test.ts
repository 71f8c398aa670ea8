import assert from "node:assert/strict";
import { spectraComparisonFigure } from "../../../lib/figures/spectra/spectra_comparison.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { spectrumRows } from "../tables.ts";

const rows = [
  ...spectrumRows(0, 0, 0.25),
  ...spectrumRows(0, 1, 0.5),
  ...spectrumRows(64, 0, 0.75),
];
const readings = [{ name: "edges", rows }, { name: "paths", rows }];

Deno.test("spectraComparisonFigure() has a panel for each reading and names the steps once", () => {
  const figure = spectraComparisonFigure("toy", readings, [0, 64]);
  const texts = drawnTexts(figure);
  for (const text of ["edges", "paths", "step 0", "step 64", "↑ f(α)"]) {
    assert.equal(texts.filter((drawn) => drawn === text).length, 1, text);
  }
  assert.match(figure.caption, /mean of 1 to 2 samples a step/);
});

Deno.test("spectraComparisonFigure() draws a band for the spread of the samples, on the same axes", () => {
  const { svg } = spectraComparisonFigure("toy", readings, [0]);
  assert.equal(svg.match(/<g aria-label="area"/g)!.length, 4, "left and right of two peaks");
  const wide = [{ name: "edges", rows }, { name: "paths", rows: spectrumRows(0, 0, 2) }];
  const ticks = drawnTexts(spectraComparisonFigure("toy", wide, [0])).filter((t) =>
    /^\d\.\d$/.test(t)
  );
  assert.equal(ticks.length % 2, 0);
  assert.deepEqual(ticks.slice(0, ticks.length / 2), ticks.slice(ticks.length / 2));
});

Deno.test("spectraComparisonFigure() draws the same bytes twice, and refuses what is not there", () => {
  const draw = () => spectraComparisonFigure("toy", readings, [0]).svg;
  assert.equal(draw(), draw());
  assert.throws(() => spectraComparisonFigure("toy", [], [0]), /no reading to draw/);
  assert.throws(() => spectraComparisonFigure("toy", readings, [7]), /step 7 has no spectrum/);
});
