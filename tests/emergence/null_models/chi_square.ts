/** Whether numbers that were drawn have the distribution that they should have. */

import assert from "node:assert/strict";
import { chiSquareTail } from "../../../lib/statistics/chi_square_tail.ts";

/** Numbers that are expected together at least, for the square of what is missing to be a chi-square. */
const LEAST = 8;

/**
 * Check that how often each value was drawn agrees with its probability: what lies as far off is met once in a thousand tests, and
 * what lies nearer as seldom.
 *
 * @param times How often each value was drawn.
 * @param probabilities Its probability, by the same keys; neighbours that are rare count together.
 */
export function agreesWith<Key>(
  times: ReadonlyMap<Key, number>,
  probabilities: ReadonlyMap<Key, number>,
): void {
  const draws = [...times.values()].reduce((sum, n) => sum + n, 0);
  for (const key of times.keys()) assert.ok((probabilities.get(key) ?? 0) > 0, `${key} is drawn`);
  const classes: { found: number; expected: number }[] = [];
  let [found, expected] = [0, 0];
  for (const [key, probability] of probabilities) {
    found += times.get(key) ?? 0;
    expected += draws * probability;
    if (expected < LEAST) continue;
    classes.push({ found, expected });
    [found, expected] = [0, 0];
  }
  const last = classes.at(-1)!;
  last.found += found;
  last.expected += expected;
  assert.ok(classes.length > 1, "more than one class");
  const sum = classes.reduce(
    (sum, { found, expected }) => sum + (found - expected) ** 2 / expected,
    0,
  );
  const tail = chiSquareTail(sum, classes.length - 1);
  assert.ok(
    tail > 0.001 && tail < 0.999,
    `chi-square ${sum} of ${classes.length} classes: ${tail}`,
  );
}

/** How often each of some values is there. */
export function timesOf<Key>(values: Iterable<Key>): Map<Key, number> {
  const times = new Map<Key, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return times;
}

/** The natural logarithm of a factorial. */
export function logFactorial(n: number): number {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
}
