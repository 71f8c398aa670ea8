import assert from "node:assert/strict";
import { goodnessOfFitFigure } from "../../../lib/figures/spectra/goodness_of_fit.ts";
import { qGrid } from "../../../lib/multifractal/q_grid.ts";
import { drawnTexts } from "../drawn_texts.ts";

const row = (step: number, q: number, r2Mean: number) => (
  { step, q, r2Mean, r2Least: r2Mean, samples: 2 }
);
const rows = [row(0, -1, 0.71), row(0, 1, 0.99), row(1024, -1, 0.42), row(1024, 1, 0.856)];

Deno.test("goodnessOfFitFigure() writes every r² of few orders, with a grey row at q = 0", () => {
  const figure = goodnessOfFitFigure(rows, "toy");
  const texts = drawnTexts(figure);
  for (
    const text of ["toy: is there a power law? r² of every fit over training", "−1", "1", "1,024"]
  ) {
    assert.ok(texts.includes(text), text);
  }
  for (const text of [".71", ".99", ".42", ".86"]) assert.ok(texts.includes(text), text);
  assert.equal(figure.svg.match(/fill="#ddd"/g)!.length, 2);
  assert.match(figure.caption, /0\.420 to 0\.990 here/);
});

Deno.test("goodnessOfFitFigure() of many orders names and writes whole ones only, the outermost without a number", () => {
  const figure = goodnessOfFitFigure(
    [...qGrid()].filter((q) => q !== 0).map((q) => row(0, q, 0.9 + q / 100)),
  );
  const texts = drawnTexts(figure);
  for (const text of ["−3", "−2", "0", "3", ".88", ".92"]) assert.ok(texts.includes(text), text);
  for (const text of ["−2.9", ".93", ".87"]) assert.ok(!texts.includes(text), text);
});

Deno.test("goodnessOfFitFigure() tells good fits from bad ones by colour, and refuses an empty table", () => {
  const cell = (square: number) =>
    goodnessOfFitFigure([row(0, 1, square)]).svg.match(/<rect[^>]*fill="([^"]*)"/g)!.join();
  assert.notEqual(cell(0.76), cell(0.74));
  assert.equal(cell(0.76), cell(0.77));
  assert.throws(() => goodnessOfFitFigure([]), /no fit to draw: no sample has a spectrum/);
});
