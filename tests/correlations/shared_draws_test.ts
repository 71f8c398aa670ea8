import assert from "node:assert/strict";
import { resampledValues, resampleX, SharedDraws } from "../../lib/correlations/shared_draws.ts";
import { correlationVectors } from "../../lib/statistics/correlation_coefficient.ts";
import { resampleBlocks } from "../../lib/statistics/resample_blocks.ts";
import ranks from "@stdlib/stats-ranks";

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

const x = Float64Array.from([2, 2, 5, 1, 1, 1, 1, 9]);
const time = Float64Array.from(x.keys(), Math.log1p);

Deno.test("resampleX() gives the vectors of the points drawn, none where they are all the same", () => {
  const resamples = resampleBlocks(8, 2, 200, 0), { points } = resamples;
  let without = 0;
  for (const control of [null, time]) {
    for (const method of ["pearson", "spearman"] as const) {
      const vectors = resampleX({ x, control }, method, resamples);
      for (let draw = 0; draw < 200; draw++) {
        const take = (values: Float64Array) =>
          Float64Array.from(points.subarray(8 * draw, 8 * draw + 8), (point) => values[point]!);
        const drawn = { x: take(x), y: take(x), control: control && take(control) };
        const { x: own, control: along } = correlationVectors(drawn, method);
        assert.deepEqual(vectors(draw), { x: own, control: along });
        if (own === null) without++;
      }
    }
  }
  assert.ok(without > 0, "some resample must hold one value alone");
});

const values = Float64Array.from([3, -0, 1, 3, 0, 7, 1, -2.5, 3]);
const resamples = resampleBlocks(values.length, 3, 100, 0);

/** The values of a resample, taken the plain way. */
function drawn(draw: number): number[] {
  return [...values].flatMap((value, i) =>
    new Array<number>(resamples.times[draw * values.length + i]!).fill(value)
  );
}

Deno.test("resampledValues() gives the value of each point as often as it was drawn", () => {
  const take = resampledValues(values, "pearson", resamples), into = new Float64Array(9);
  for (let draw = 0; draw < 100; draw++) {
    take(draw, into);
    assert.deepEqual([...into], drawn(draw));
  }
});

Deno.test("resampledValues() gives the library's ranks, with ties among points and among repeats", () => {
  const take = resampledValues(values, "spearman", resamples), into = new Float64Array(9);
  for (let draw = 0; draw < 100; draw++) {
    take(draw, into);
    assert.deepEqual([...into], [...ranks(drawn(draw))]);
  }
});
