import assert from "node:assert/strict";
import { correlationVectors } from "../../lib/statistics/correlation_coefficient.ts";
import { drawnOrders } from "../../lib/statistics/drawn_orders.ts";
import { permutationPValue } from "../../lib/statistics/permutation_p_value.ts";
import { MT19937 } from "../../lib/numpy/mt19937.ts";

function pValue(x: number[], y: number[], permutations: number, seed = 0): number {
  const vectors = correlationVectors(
    { x: Float64Array.from(x), y: Float64Array.from(y), control: null },
    "pearson",
  );
  return permutationPValue(
    { ...vectors, x: vectors.x!, y: vectors.y! },
    permutations,
    () => drawnOrders(x.length, permutations, seed),
  );
}

Deno.test("permutationPValue() counts all orders of a few points", () => {
  // Only the order itself and its reverse correlate perfectly, of 4! = 24.
  assert.equal(pValue([1, 2, 3, 4], [1, 2, 3, 4], 24), 2 / 24);
  // |r| is 0.8 where one neighbouring pair is swapped: 3 orders, their reverses, and the 2 above.
  assert.equal(pValue([1, 2, 3, 4], [2, 1, 3, 4], 24), 8 / 24);
  // The one that stands out meets an end of x in half of the orders, and then |r| is as large.
  assert.equal(pValue([1, 2, 3, 4], [0, 0, 0, 1], 24), 1 / 2);
});

Deno.test("permutationPValue() draws orders where there are too many, the same for the same seed, and never gives 0", () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  assert.equal(pValue(x, x, 999), 1 / 1000);
  const y = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
  const drawn = pValue(x, y, 2000, 1);
  assert.equal(pValue(x, y, 2000, 1), drawn);
  // 6 of the 10 points: 720 orders, all tried and drawn with replacement.
  const exact = pValue(x.slice(4), y.slice(4), 720), near = pValue(x.slice(4), y.slice(4), 719);
  const error = Math.sqrt(exact * (1 - exact) / 719);
  assert.ok(Math.abs(near - exact) < 4 * error, `${near} is not near ${exact}`);
});

Deno.test("permutationPValue() is below 0.05 for one in twenty of independent series", () => {
  const generator = new MT19937(1), trials = 400;
  const series = () => Array.from({ length: 12 }, () => generator.next() ** 2); // skewed, not normal
  let below = 0;
  for (let i = 0; i < trials; i++) if (pValue(series(), series(), 199, i) <= 0.05) below++;
  const error = Math.sqrt(0.05 * 0.95 / trials);
  assert.ok(Math.abs(below / trials - 0.05) < 3 * error, `${below} of ${trials}`);
});
