/** How often unrelated points correlate as strongly. */

import { type CorrelationVectors, scalarProduct } from "./correlation_coefficient.ts";
import { innovationsOf, startFactor } from "./autoregression.ts";
import { shuffle } from "../numpy/choice.ts";
import { MT19937 } from "../numpy/mt19937.ts";

/**
 * How far below the observed correlation a shuffled one still counts as equal to it, for rounding.
 */
const TIE = 1e-12;

/**
 * The two-sided p value of a permutation test: the share of orders of y in which it correlates with
 * x at least as strongly. All orders are tried where there are no more than `permutations`; else so
 * many are drawn, and the order observed counts as one more. A control is taken out again after
 * each shuffle (Freedman and Lane, 1983).
 *
 * Where y keeps a share `phi` of its last value, what is put in another order is what is new in
 * each value, and the series is built again from that: it depends on itself as y does, and knows
 * nothing of x.
 */
export function permutationPValue(
  { x, y, control }: CorrelationVectors & { readonly x: Float64Array; readonly y: Float64Array },
  permutations: number,
  draw: () => Iterable<OrderGroup>,
  phi = 0,
): number {
  const observed = Math.abs(scalarProduct(x, y)) - TIE;
  const innovations = innovationsOf(y, phi), start = startFactor(phi);
  const built: BuiltSeries = { x, control, phi, start };
  let asStrong = 0, tried = 0;
  const sums = newSums(), { product, along, total, square } = sums;
  const count = (k: number) => {
    const length = square[k]! - total[k]! ** 2 / x.length - along[k]! ** 2;
    // Of a series that lies along the control nothing is left to correlate.
    const left = Math.sqrt(Math.max(TIE * square[k]!, length));
    if (Math.abs(product[k]!) >= observed * left) asStrong++;
    tried++;
  };
  if (isFactorialAtMost(x.length, permutations)) {
    const places = new Uint16Array(x.length * ORDERS_AT_ONCE);
    visitOrders(Float64Array.from(x.keys()), x.length, (order) => {
      order.forEach((point, i) => places[i * ORDERS_AT_ONCE] = point);
      buildSeries(built, innovations, places, sums);
      count(0);
    });
    return asStrong / tried;
  }
  for (const { places, count: orders } of draw()) {
    buildSeries(built, innovations, places, sums);
    for (let k = 0; k < orders; k++) count(k);
  }
  return (asStrong + 1) / (tried + 1);
}

/** What series are built with, and what they are multiplied by. */
interface BuiltSeries {
  readonly x: Float64Array;
  readonly control: Float64Array | null;
  readonly phi: number;
  /** The first value by the first innovation. */
  readonly start: number;
}

/** Of some series: products with x and with the control, sums, and sums of squares. */
type SeriesSums = Readonly<Record<"product" | "along" | "total" | "square", Float64Array>>;

function newSums(): SeriesSums {
  const make = () => new Float64Array(ORDERS_AT_ONCE);
  return { product: make(), along: make(), total: make(), square: make() };
}

/** Build series from innovations in some orders, and sum what their correlation takes. */
function buildSeries(
  { x, control, phi, start }: BuiltSeries,
  innovations: Float64Array,
  places: OrderGroup["places"],
  { product, along, total, square }: SeriesSums,
): void {
  for (let k = 0; k < ORDERS_AT_ONCE; k++) {
    let value = start * innovations[places[k]!]!;
    let xy = x[0]! * value, cy = control ? control[0]! * value : 0;
    let sum = value, squares = value * value;
    for (let i = 1, p = k + ORDERS_AT_ONCE; i < x.length; i++, p += ORDERS_AT_ONCE) {
      value = phi * value + innovations[places[p]!]!;
      xy += x[i]! * value;
      if (control) cy += control[i]! * value;
      sum += value;
      squares += value * value;
    }
    product[k] = xy;
    along[k] = cy;
    total[k] = sum;
    square[k] = squares;
  }
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

/**
 * Orders that are looked at together: four sums at a time take half as long as one after the other.
 */
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
