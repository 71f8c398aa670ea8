/** How often shuffled points correlate as strongly. */

import { type CorrelationVectors, scalarProduct } from "./correlation_coefficient.ts";
import { shuffle } from "../numpy/choice.ts";
import { MT19937 } from "../numpy/mt19937.ts";

/** How far below the observed correlation a shuffled one still counts as equal to it, for rounding. */
const TIE = 1e-12;

/**
 * The two-sided p value of a permutation test: the share of orders of y in which it correlates with x at least as
 * strongly. All orders are tried where there are no more than `permutations`; else so many are drawn, and the order
 * observed counts as one more. A control is taken out again after each shuffle (Freedman and Lane, 1983).
 */
export function permutationPValue(
  { x, y, control }: CorrelationVectors & { readonly x: Float64Array; readonly y: Float64Array },
  permutations: number,
  draw: () => Iterable<OrderGroup>,
): number {
  const observed = Math.abs(scalarProduct(x, y)) - TIE;
  const isAsStrong = (product: number, along: number) => {
    // Of a shuffle that lies along the control nothing is left to correlate.
    const left = Math.sqrt(Math.max(TIE, 1 - along * along));
    return Math.abs(product) / left >= observed;
  };
  let asStrong = 0, tried = 0;
  if (isFactorialAtMost(x.length, permutations)) {
    visitOrders(y.slice(), y.length, (shuffled) => {
      tried++;
      const along = control ? scalarProduct(shuffled, control) : 0;
      if (isAsStrong(scalarProduct(x, shuffled), along)) asStrong++;
    });
    return asStrong / tried;
  }
  const products = new Float64Array(ORDERS_AT_ONCE), along = new Float64Array(ORDERS_AT_ONCE);
  for (const { places, count } of draw()) {
    multiply(x, y, places, products);
    if (control) multiply(control, y, places, along);
    for (let k = 0; k < count; k++) if (isAsStrong(products[k]!, along[k]!)) asStrong++;
    tried += count;
  }
  return (asStrong + 1) / (tried + 1);
}

/** The scalar products of x with y in some orders. */
function multiply(
  x: Float64Array,
  y: Float64Array,
  places: OrderGroup["places"],
  products: Float64Array,
): void {
  let a = 0, b = 0, c = 0, d = 0;
  for (let i = 0, p = 0; i < x.length; i++, p += ORDERS_AT_ONCE) {
    const value = x[i]!;
    a += value * y[places[p]!]!;
    b += value * y[places[p + 1]!]!;
    c += value * y[places[p + 2]!]!;
    d += value * y[places[p + 3]!]!;
  }
  products[0] = a;
  products[1] = b;
  products[2] = c;
  products[3] = d;
}

function isFactorialAtMost(size: number, limit: number): boolean {
  let orders = 1;
  for (let i = 2; i <= size && orders <= limit; i++) orders *= i;
  return orders <= limit;
}

/** Visit every order of the first `size` values once (Heap's algorithm). */
function visitOrders(values: Float64Array, size: number, visit: (v: Float64Array) => void): void {
  if (size === 1) return visit(values);
  for (let i = 0; i < size; i++) {
    visitOrders(values, size - 1, visit);
    if (i === size - 1) continue;
    const j = size % 2 === 0 ? i : 0;
    [values[j], values[size - 1]] = [values[size - 1]!, values[j]!];
  }
}

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
      shuffle(generator, order);
      for (let i = 0; i < size; i++) places[i * ORDERS_AT_ONCE + k] = order[i]!;
    }
    yield { places, count };
  }
}
