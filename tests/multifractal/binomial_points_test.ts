import assert from "node:assert/strict";
import { binomialPoints } from "../../lib/multifractal/binomial_points.ts";

/** The mean of a function of a binomial's values, by all of them. */
function plainMean(
  trials: number,
  success: number,
  of: (value: number) => number,
  least = 0,
): number {
  let chance = (1 - success) ** trials, sum = 0;
  for (let value = 0; value <= trials; value++) {
    if (value >= least) sum += chance * of(value);
    chance *= (trials - value) / (value + 1) * success / (1 - success);
  }
  return sum;
}

const pointMean = (trials: number, success: number, of: (value: number) => number, least = 0) =>
  binomialPoints(trials, success, least)
    .reduce((sum, { value, probability }) => sum + probability * of(value), 0);

Deno.test("means over points are those over all values, for wide, narrow and cut distributions", () => {
  for (const [trials, success] of [[96, 0.3], [96, 0.97], [700, 0.5], [700, 0.02]] as const) {
    for (const q of [-3, -1, 0, 0.5, 3]) {
      const of = (value: number) => (1 + value) ** q;
      const plain = plainMean(trials, success, of);
      const ratio = pointMean(trials, success, of) / plain;
      assert.ok(Math.abs(ratio - 1) < 1e-9, `${trials}, ${success}, ${q}: ${ratio}`);
    }
  }
  const cut = pointMean(30, 0.4, (value) => value, 11) / plainMean(30, 0.4, (value) => value, 11);
  assert.ok(Math.abs(cut - 1) < 1e-12, `${cut}`);
});

Deno.test("a wide distribution has few points, and they add up to 1", () => {
  const points = binomialPoints(16384, 0.5);
  assert.ok(points.length < 50, `${points.length}`);
  const sum = points.reduce((sum, { probability }) => sum + probability, 0);
  assert.ok(Math.abs(sum - 1) < 1e-14, `${sum}`);
});

Deno.test("what cannot vary is one point, and what cannot be is none", () => {
  assert.deepEqual(binomialPoints(5, 0), [{ value: 0, probability: 1 }]);
  assert.deepEqual(binomialPoints(5, 1), [{ value: 5, probability: 1 }]);
  assert.deepEqual(binomialPoints(5, 0, 1), []);
  assert.deepEqual(binomialPoints(5, 0.5, 6), []);
  assert.deepEqual(binomialPoints(0, 0.5), [{ value: 0, probability: 1 }]);
});
