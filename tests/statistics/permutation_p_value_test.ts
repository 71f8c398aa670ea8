import assert from "node:assert/strict";
import { correlationVectors } from "../../lib/statistics/correlation_coefficient.ts";
import { MT19937 } from "../../lib/numpy/mt19937.ts";
import {
  drawnOrders,
  ORDERS_AT_ONCE,
  permutationPValue,
} from "../../lib/statistics/permutation_p_value.ts";

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

Deno.test("permutationPValue() of series that keep a share of their last value is what NumPy counts", () => {
  const x = Float64Array.of(0.1, 0.5, 0.3, 0.9, 1.4, 1.1, 1.8, 1.2, 0.9, 0.2, -0.3, 0.4);
  const y = Float64Array.of(0, 0.6, 0.9, 0.5, 1.0, 1.6, 1.3, 1.5, 0.7, 0.6, 0.3, -0.2);
  const time = Float64Array.of(0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000).map(Math.log1p);
  // Of 400,000 orders, by NumPy 2.4.6: without a control, and with it.
  const expected = [
    [0, 0.010425, 0.01691],
    [0.3, 0.028695, 0.04532],
    [0.6, 0.058535, 0.1015675],
    [0.9, 0.0739075, 0.1625675],
  ] as const;
  const drawn = drawnOrders(12, 20_000, 0);
  for (const [phi, ...both] of expected) {
    [null, time].forEach((control, i) => {
      const vectors = correlationVectors({ x, y, control }, "pearson");
      const own = { ...vectors, x: vectors.x!, y: vectors.y! };
      const found = permutationPValue(own, 20_000, () => drawn, phi), p = both[i]!;
      const error = Math.sqrt(p * (1 - p) / 20_000);
      assert.ok(Math.abs(found - p) < 4 * error, `${phi}: ${found} is not near ${p}`);
    });
  }
});

/** The orders one by one; groups are read before the next is asked for. */
function ordersOf(size: number, orders: number, seed: number): number[][] {
  const found: number[][] = [];
  for (const { places, count } of drawnOrders(size, orders, seed)) {
    for (let k = 0; k < count; k++) {
      found.push(Array.from({ length: size }, (_, i) => places[i * ORDERS_AT_ONCE + k]!));
    }
  }
  return found;
}

Deno.test("drawnOrders() gives as many orders as asked for, each of all points", () => {
  for (const count of [1, 4, 9]) {
    const orders = ordersOf(6, count, 1);
    assert.equal(orders.length, count);
    for (const order of orders) assert.deepEqual(order.toSorted(), [0, 1, 2, 3, 4, 5]);
  }
});

Deno.test("drawnOrders() draws every order equally often, the same for the same seed", () => {
  const orders = ordersOf(3, 6000, 2), counts = Map.groupBy(orders, (order) => order.join(""));
  assert.equal(counts.size, 6);
  for (const [order, { length }] of counts) assert.ok(Math.abs(length - 1000) < 120, order);
  assert.deepEqual(ordersOf(3, 50, 2), orders.slice(0, 50));
  assert.notDeepEqual(ordersOf(9, 50, 3), ordersOf(9, 50, 2));
});

Deno.test("drawnOrders() that are too many to be kept are drawn again each time, the same", () => {
  const size = 70_000, orders = drawnOrders(size, 600, 0);
  assert.ok(!Array.isArray(orders));
  const first = () => {
    for (const { places } of orders) return places.slice(0, 40);
  };
  const places = first()!;
  assert.ok(places instanceof Uint32Array);
  assert.deepEqual(first(), places);
});
