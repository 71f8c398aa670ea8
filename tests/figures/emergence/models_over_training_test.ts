import assert from "node:assert/strict";
import {
  drawnModels,
  modelsOverTrainingFigure,
} from "../../../lib/figures/emergence/models_over_training.ts";
import { modelEmergence } from "../models.ts";
import { emergenceRow, samplesRow } from "../tables.ts";

const models = [modelEmergence("large", 1e5, 0.2), modelEmergence("small", 1e4, 0.1)];

Deno.test("modelsOverTrainingFigure() names every model in every panel, in a colour of its own", () => {
  const { svg } = modelsOverTrainingFigure("Two sizes", models);
  const colors = ["small", "large"].map((name) => {
    const found = [
      ...svg.matchAll(new RegExp(`fill="(#\\w+)"[^>]*>(?:<text[^>]*>)?${name}<`, "g")),
    ];
    assert.equal(found.length, 3, name);
    return new Set(found.map(([, color]) => color));
  });
  assert.deepEqual(colors.map(({ size }) => size), [1, 1]);
  assert.notDeepEqual(colors[0], colors[1]);
  assert.equal(modelsOverTrainingFigure("Two sizes", models).svg, svg);
});

Deno.test("modelsOverTrainingFigure() draws the samples' spread of width and alpha_0, filtered ones left out", () => {
  const [large] = models;
  const draw = (filteredWidth: number) => {
    const samples = [0, 8, 64].flatMap((step) =>
      [1.1, 1.3, filteredWidth].map((width, i) => ({ ...samplesRow(step, i, i === 2), width }))
    );
    return modelsOverTrainingFigure("Two sizes", [{ ...large!, samples }]);
  };
  const bands = (svg: string) => svg.match(/<g aria-label="area"[^>]*><path d="M/g)?.length;
  const without = modelsOverTrainingFigure("Two sizes", [large!]);
  assert.deepEqual([bands(without.svg), bands(draw(3).svg)], [1, 3]);
  assert.equal(draw(9).svg, draw(3).svg);
  assert.match(draw(3).caption, /bands: from the lowest sample to the highest/);
  assert.doesNotMatch(without.caption, /lowest sample/);
});

Deno.test("modelsOverTrainingFigure() refuses more models than can be told apart", () => {
  const many = Array.from({ length: 8 }, (_, i) => modelEmergence(`m${i}`, i + 1, 0.1));
  assert.throws(() => modelsOverTrainingFigure("Many", many), /8 models are more than the 7 whose/);
});

Deno.test("drawnModels() orders by size and leaves out rows without an E", () => {
  const large = modelEmergence("large", 1e5, 0.2);
  const rows = [emergenceRow(64, 0.1), emergenceRow(8, NaN), emergenceRow(0, 0)];
  const drawn = drawnModels([large, { model: "small", weights: 1e4, rows }]);
  assert.deepEqual(drawn.map(({ model }) => model), ["small", "large"]);
  assert.deepEqual(drawn[0]!.rows.map(({ step }) => step), [0, 64]);
});

Deno.test("drawnModels() refuses no model, a model twice, and a model without any E", () => {
  const one = modelEmergence("one", 1e4, 0.1);
  assert.throws(() => drawnModels([]), /there is no model to draw; give one at least/);
  assert.throws(() => drawnModels([one, one]), /one comes twice; give every model once/);
  const empty = { ...one, rows: [emergenceRow(0, NaN)] };
  assert.throws(() => drawnModels([empty]), /one has no step with an E to draw; see the statuses/);
});
