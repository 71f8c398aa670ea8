import assert from "node:assert/strict";
import { SharedDraws } from "../../lib/benchmarks/shared_draws.ts";

const settings = { permutations: 40, draws: 30, seed: 1 };

Deno.test("SharedDraws makes what several correlations need once", () => {
  const shared = new SharedDraws(settings);
  assert.equal(shared.orders(8), shared.orders(8));
  assert.equal(shared.resamples(8, 3), shared.resamples(8, 3));
  assert.notEqual(shared.resamples(8, 3), shared.resamples(8, 2));
  const points = () => ({ x: Float64Array.from([1, 5, 2, 8, 3, 1, 0, 4]), control: null });
  const resamples = shared.resamples(8, 3);
  const x = shared.x(points(), "pearson", resamples);
  assert.equal(shared.x(points(), "pearson", resamples), x);
  assert.notEqual(shared.x(points(), "spearman", resamples), x);
  const other = { ...points(), control: Float64Array.from([0, 1, 2, 3, 4, 5, 6, 7]) };
  assert.notEqual(shared.x(other, "pearson", resamples), x);
});

Deno.test("SharedDraws forgets what was not needed last", () => {
  const shared = new SharedDraws(settings), eight = shared.orders(8), nine = shared.orders(9);
  shared.orders(8);
  shared.orders(10);
  assert.equal(shared.orders(8), eight);
  assert.notEqual(shared.orders(9), nine);
  assert.deepEqual(shared.orders(9), nine);
});
