/** How often shuffled points correlate as strongly. */
import { MT19937 } from "../networks/mt19937.ts";
import { randomInterval } from "../networks/random_interval.ts";
import { type CorrelationVectors, scalarProduct } from "./correlation_coefficient.ts";

/** How far below the observed correlation a shuffled one still counts as equal to it, for rounding. */
const TIE = 1e-12;

/**
 * The two-sided p value of a permutation test: the share of orders of y in which it correlates with x at least as
 * strongly. All orders are tried where there are no more than `permutations`; else so many are drawn, and the order
 * observed counts as one more. A control is taken out again after each shuffle (Freedman and Lane, 1983).
 *
 * @param vectors x and y, both varying.
 * @param permutations Most orders to try.
 * @param seed Seed of the orders drawn; the same seed shuffles all metrics alike.
 */
export function permutationPValue(
  { x, y, control }: CorrelationVectors & { readonly x: Float64Array; readonly y: Float64Array },
  permutations: number,
  seed: number,
): number {
  const observed = Math.abs(scalarProduct(x, y)) - TIE;
  const isAsStrong = (shuffled: Float64Array) => {
    const along = control ? scalarProduct(shuffled, control) : 0;
    // Of a shuffle that lies along the control nothing is left to correlate.
    const left = Math.sqrt(Math.max(TIE, 1 - along * along));
    return Math.abs(scalarProduct(x, shuffled)) / left >= observed;
  };
  let asStrong = 0, tried = 0;
  const count = (shuffled: Float64Array) => {
    tried++;
    if (isAsStrong(shuffled)) asStrong++;
  };
  if (isFactorialAtMost(x.length, permutations)) {
    visitOrders(y.slice(), y.length, count);
    return asStrong / tried;
  }
  const generator = new MT19937(seed), shuffled = y.slice();
  while (tried < permutations) {
    for (let i = shuffled.length - 1; i > 0; i--) swap(shuffled, i, randomInterval(generator, i));
    count(shuffled);
  }
  return (asStrong + 1) / (tried + 1);
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
    if (i < size - 1) swap(values, size % 2 === 0 ? i : 0, size - 1);
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  [values[i], values[j]] = [values[j]!, values[i]!];
}
