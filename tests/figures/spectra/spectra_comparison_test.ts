import assert from "node:assert/strict";
import {
  spectraComparisonFigure,
  spectraOfModelsFigure,
} from "../../../lib/figures/spectra/spectra_comparison.ts";
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

const spectra = [0, 64].flatMap((step) => [
  ...spectrumRows(step, 0, 0.25 + step / 256),
  ...spectrumRows(step, 1, 0.5 + step / 256),
]);
const draw = (...models: string[]) =>
  spectraOfModelsFigure("Sizes", models.map((model) => ({ model, spectra })), [0, 64]);

Deno.test("spectraOfModelsFigure() names each model once and the steps once, however many panels", () => {
  for (const models of [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]]) {
    const texts = drawnTexts(draw(...models));
    assert.deepEqual(models.map((model) => texts.filter((text) => text === model).length), [
      ...models.map(() => 1),
    ]);
    assert.equal(texts.filter((text) => text === "step 64").length, 1);
    assert.equal(texts.includes("Lipschitz–Hölder exponent α →"), true);
  }
});

Deno.test("spectraOfModelsFigure() is as wide with two models as with four, and twice as high with four", () => {
  const [two, four] = [draw("a", "b"), draw("a", "b", "c", "d")];
  assert.equal(two.width, four.width);
  assert.equal(four.height - two.height, 270);
});

Deno.test("spectraOfModelsFigure() refuses no model, and a step that one has not", () => {
  assert.throws(() => draw(), /no model to draw/);
  assert.throws(
    () => spectraOfModelsFigure("Sizes", [{ model: "a", spectra }], [7]),
    /step 7 has no spectrum .* steps: 0, 64/,
  );
});
