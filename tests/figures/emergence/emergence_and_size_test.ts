import assert from "node:assert/strict";
import { emergenceAndSizeFigure } from "../../../lib/figures/emergence/emergence_and_size.ts";
import { modelEmergence } from "../models.ts";

const scores = (value: number) =>
  [8, 64].flatMap((step) =>
    ["copying", "sorting"].map((metric) => ({ step, metric, value, stderr: 0.02 }))
  );
const models = [
  { ...modelEmergence("large", 100_000, 0.2), scores: scores(0.8) },
  { ...modelEmergence("small", 10_000, 0.1), scores: scores(0.4) },
];
const options = { steps: [8, 64], metric: "copying", averaged: ["copying", "sorting"] };

Deno.test("emergenceAndSizeFigure() draws E, one score and a mean of scores, a line a step", () => {
  const { svg } = emergenceAndSizeFigure(models, options);
  for (const label of ["degree of emergence E", "score: copying", "mean of 2 scores"]) {
    assert.match(svg, new RegExp(`↑ ${label}<`));
  }
  for (const step of [8, 64]) {
    assert.equal(svg.match(new RegExp(`>step ${step}<`, "g"))?.length, 3);
  }
  assert.equal(svg.match(/>weights of the model/g)?.length, 1);
  assert.match(svg, />10K</);
  assert.match(svg, />100K</);
});

Deno.test("emergenceAndSizeFigure() labels every size, wherever it lies between powers of ten", () => {
  const sizes = [30_592, 92_592, 210_304].map((weights) => (
    { ...models[0]!, model: `of ${weights}`, weights }
  ));
  const { svg } = emergenceAndSizeFigure(sizes, options);
  for (const label of ["30.6K", "92.6K", "210K"]) {
    assert.equal(svg.match(new RegExp(`>${label}<`, "g"))?.length, 3, label);
  }
});

Deno.test("emergenceAndSizeFigure() puts every quantity on a scale from 0 to 1, and keeps the order of sizes", () => {
  const figure = emergenceAndSizeFigure(models, { ...options, normalized: true });
  for (const label of ["degree of emergence E", "score: copying", "mean of 2 scores"]) {
    assert.match(figure.svg, new RegExp(`↑ ${label}, normalized<`));
  }
  // The dots of a step are in the same places, since the axis spans the same range of values.
  const dots = ({ svg }: typeof figure) =>
    [...svg.matchAll(/<circle[^>]* cx="([^"]+)"/g)].map(([, x]) => x);
  assert.deepEqual(dots(figure), dots(emergenceAndSizeFigure(models, options)));
  assert.match(figure.svg, /Each panel runs from its least to its largest value/);
});

Deno.test("emergenceAndSizeFigure() refuses a step without an E or a score and names those there are", () => {
  assert.throws(
    () => emergenceAndSizeFigure(models, { ...options, steps: [16] }),
    /step 16 of small has no E; steps that do: 0, 8, 64/,
  );
  assert.throws(
    () => emergenceAndSizeFigure(models, { ...options, metric: "recall" }),
    /recall of small was not measured at step 8; measured: never/,
  );
  assert.throws(
    () => emergenceAndSizeFigure(models.slice(0, 1), options),
    /large alone has no other size to compare with; give two models at least/,
  );
});
