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

function pointMean(
  trials: number,
  success: number,
  of: (value: number) => number,
  least = 0,
): number {
  const { first, stride, probabilities } = binomialPoints(trials, success, least);
  return probabilities.reduce((sum, chance, i) => sum + chance * of(first + i * stride), 0);
}

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
  const { stride, probabilities } = binomialPoints(16384, 0.5);
  assert.equal(stride, 51);
  assert.ok(probabilities.length < 50, `${probabilities.length}`);
  const sum = probabilities.reduce((sum, chance) => sum + chance, 0);
  assert.ok(Math.abs(sum - 1) < 1e-14, `${sum}`);
});

Deno.test("what cannot vary is one point, and what cannot be is none", () => {
  const shown = (trials: number, success: number, least?: number) => {
    const { first, probabilities } = binomialPoints(trials, success, least);
    return [...probabilities].map((chance, i) => [first + i, chance]);
  };
  assert.deepEqual(shown(5, 0), [[0, 1]]);
  assert.deepEqual(shown(5, 1), [[5, 1]]);
  assert.deepEqual(shown(5, 0, 1), []);
  assert.deepEqual(shown(5, 0.5, 6), []);
  assert.deepEqual(shown(0, 0.5), [[0, 1]]);
});
