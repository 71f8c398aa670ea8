/** Random orders of points, for permutation tests. */

import { MT19937, randomInterval } from "../numpy/mt19937.ts";

/** Orders that are looked at together: four sums at a time take half as long as one after the other. */
export const ORDERS_AT_ONCE = 4;

/** Some orders of points. */
export interface OrderGroup {
  /** Which point stands in each place, row-major [size × {@linkcode ORDERS_AT_ONCE}]. */
  readonly places: Uint16Array | Uint32Array;
  /** How many of them count; only the last group may have fewer. */
  readonly count: number;
}

/** Most places that are kept, 2 or 4 bytes each; more are drawn again each time. */
const MOST_KEPT = 4e7;

/**
 * Draw orders of points, each by shuffling the one before. They may be gone through more than once,
 * each group before the next is asked for.
 */
export function drawnOrders(size: number, orders: number, seed: number): Iterable<OrderGroup> {
  if (size * orders <= MOST_KEPT) return Array.from(drawOrders(size, orders, seed, true));
  return { [Symbol.iterator]: () => drawOrders(size, orders, seed, false) };
}

function* drawOrders(
  size: number,
  orders: number,
  seed: number,
  isKept: boolean,
): Generator<OrderGroup, undefined> {
  const generator = new MT19937(seed);
  const Places = size <= 2 ** 16 ? Uint16Array : Uint32Array;
  const order = new Places(size).map((_, i) => i);
  let places = new Places(size * ORDERS_AT_ONCE);
  for (let left = orders; left > 0; left -= ORDERS_AT_ONCE) {
    if (isKept) places = new Places(size * ORDERS_AT_ONCE);
    const count = Math.min(left, ORDERS_AT_ONCE);
    for (let k = 0; k < count; k++) {
      for (let i = size - 1; i > 0; i--) {
        const j = randomInterval(generator, i), moved = order[i]!;
        order[i] = order[j]!;
        order[j] = moved;
      }
      for (let i = 0; i < size; i++) places[i * ORDERS_AT_ONCE + k] = order[i]!;
    }
    yield { places, count };
  }
}
