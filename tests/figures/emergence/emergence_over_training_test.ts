import assert from "node:assert/strict";
import { emergenceOverTrainingFigure } from "../../../lib/figures/emergence/emergence_over_training.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { emergenceRow, samplesRow } from "../tables.ts";

const emergence = [emergenceRow(0, 0), emergenceRow(16, 0.1), emergenceRow(1000, 0.25)];
const samples = emergence.flatMap(({ step }) => [0, 1].map((k) => samplesRow(step, k, false)));
const dots = (svg: string) => svg.match(/<circle/g)!.length;

Deno.test("emergenceOverTrainingFigure() has a panel each for E, the width and alpha_0", () => {
  const texts = drawnTexts(emergenceOverTrainingFigure("nano-8", emergence, samples));
  for (
    const text of [
      "nano-8: degree of emergence over training",
      "↑ degree of emergence E",
      "↑ heterogeneity (width of the spectrum)",
      "↑ regularity (α₀; lower is more regular)",
    ]
  ) assert.ok(texts.includes(text), text);
  assert.equal(
    texts.filter((text) => text === "training step (spaced as ln(1 + step)) →").length,
    1,
  );
});

Deno.test("emergenceOverTrainingFigure() draws a dot for each step in each panel, and the samples kept in two", () => {
  assert.equal(dots(emergenceOverTrainingFigure("m", emergence, []).svg), 9);
  assert.equal(dots(emergenceOverTrainingFigure("m", emergence, samples).svg), 9 + 2 * 6);
  const dropped = samples.map((row, i) => ({ ...row, filtered: i < 2 ? null : i < 4 }));
  assert.equal(dots(emergenceOverTrainingFigure("m", emergence, dropped).svg), 9 + 2 * 2);
});

Deno.test("emergenceOverTrainingFigure() says how many steps have an E", () => {
  const caption = (rows: typeof emergence) => emergenceOverTrainingFigure("m", rows, []).caption;
  assert.match(caption(emergence), /All steps have an E\./);
  assert.match(caption([...emergence, emergenceRow(2000, NaN)]), /3 of 4 steps have an E\./);
});

Deno.test("emergenceOverTrainingFigure() draws E without an interval where there is none", () => {
  const bare = emergence.map((row) => ({ ...row, eLow: NaN, eHigh: NaN }));
  const { svg } = emergenceOverTrainingFigure("m", bare, []);
  assert.doesNotMatch(svg, /NaN/);
  assert.equal(dots(svg), 9);
});

Deno.test("emergenceOverTrainingFigure() draws the same bytes twice, and refuses a table without any E", () => {
  const draw = () => emergenceOverTrainingFigure("m", emergence, samples).svg;
  assert.equal(draw(), draw());
  assert.throws(
    () => emergenceOverTrainingFigure("m", [emergenceRow(0, NaN)], []),
    /m has no step with an E to draw; see the statuses/,
  );
});
