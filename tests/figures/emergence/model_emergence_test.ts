import assert from "node:assert/strict";
import { drawnModels } from "../../../lib/figures/emergence/model_emergence.ts";
import { modelEmergence } from "../models.ts";
import { emergenceRow } from "../tables.ts";

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
