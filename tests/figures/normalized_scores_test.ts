import assert from "node:assert/strict";
import { normalizedScoresFigure } from "../../lib/figures/normalized_scores.ts";
import { emergenceRow as row } from "./tables.ts";

const scores = (metric: string, high: number) =>
  [0, 64].map((step) => ({ step, metric, value: high * step / 64, stderr: 0.01 }));
const emergence = [row(0, 0), row(8, -0.1), row(64, 0.2)];

Deno.test("normalizedScoresFigure() draws every line from 0 to 1 and tells what 0 and 1 are", () => {
  const figure = normalizedScoresFigure(emergence, {
    model: "toy",
    scores: scores("copying", 0.4),
  });
  assert.match(figure.caption, /^0 and 1 are: E −0\.10 and 0\.20; copying 0\.0 and 0\.40\./);
  assert.match(figure.svg, /stroke-width="3"/);
});

Deno.test("normalizedScoresFigure() refuses what has no range, by name, and more lines than can be told apart", () => {
  const draw = (metric: string, high: number) =>
    normalizedScoresFigure(emergence, { model: "toy", scores: scores(metric, high) });
  assert.throws(() => draw("flat", 0), /flat of toy is 0 at every step, so it has no range/);
  assert.throws(() => draw("lost", NaN), /lost of toy was never measured, so it has no range/);
  const many = Array.from({ length: 7 }, (_, i) => scores(`m${i}`, 1)).flat();
  assert.throws(
    () => normalizedScoresFigure(emergence, { model: "toy", scores: many }),
    /toy has 7 metrics to draw; give from 1 to 6/,
  );
});
