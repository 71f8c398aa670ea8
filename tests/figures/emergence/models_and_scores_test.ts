import assert from "node:assert/strict";
import { modelsAndScoresFigure } from "../../../lib/figures/emergence/models_and_scores.ts";
import { drawnTexts } from "../drawn_texts.ts";

const model = (name: string, metrics: readonly string[]) => ({
  ...{ model: name, weights: 100 },
  rows: [0, 64].map((step) => (
    {
      ...{ step, alpha0: 1, width: 1, E: step / 640, eLow: step / 800, eHigh: step / 500 },
      ...{ samplesKept: 3, status: "ok" },
    }
  )),
  scores: metrics.flatMap((metric) =>
    [0, 64].map((step) => ({ step, metric, value: step / 64, stderr: 0.01 }))
  ),
});
const draw = (...models: ReturnType<typeof model>[]) =>
  modelsAndScoresFigure(models, { title: "Twins" });

Deno.test("modelsAndScoresFigure() draws E above the mean of the scores, and names each model in both", () => {
  const texts = drawnTexts(draw(model("one", ["a", "b"]), model("other", ["a", "b"])));
  for (const text of ["Twins", "↑ degree of emergence E", "↑ mean of 2 scores"]) {
    assert.ok(texts.includes(text), text);
  }
  for (const name of ["one", "other"]) {
    assert.equal(texts.filter((text) => text === name).length, 2);
  }
  assert.ok(drawnTexts(draw(model("one", ["lambada"]))).includes("↑ score: lambada"));
});

Deno.test("modelsAndScoresFigure() refuses a model without a score, one that comes twice, and too many", () => {
  assert.throws(() => draw(model("one", [])), /^RangeError: one has no score to draw below its E/);
  assert.throws(() => draw(model("one", ["a"]), model("one", ["a"])), /one comes twice/);
  const many = Array.from({ length: 8 }, (_, i) => model(`${i}`, ["a"]));
  assert.throws(() => draw(...many), /8 models are more than the 7/);
});
