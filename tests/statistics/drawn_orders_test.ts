import assert from "node:assert/strict";
import { drawnOrders, ORDERS_AT_ONCE } from "../../lib/statistics/drawn_orders.ts";

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
