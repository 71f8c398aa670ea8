/** Sampling without replacement as legacy NumPy does it, bit for bit. */

import { type MT19937, randomInterval } from "./mt19937.ts";

/**
 * Permute 0 … `n` − 1 as `np.random.permutation(n)` does.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { MT19937, numpyPermutation } from "neuromfa/networks";
 *
 * deepEqual([...numpyPermutation(new MT19937(0), 10)], [2, 8, 4, 9, 1, 6, 7, 3, 0, 5]);
 * ```
 */
export function numpyPermutation(generator: MT19937, n: number): Int32Array {
  const values = new Int32Array(n).map((_, i) => i);
  shuffle(generator, values);
  return values;
}

/** Put values in a random order, in place. */
export function shuffle(generator: MT19937, values: Int32Array | Uint16Array | Uint32Array): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = randomInterval(generator, i), kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
}

/**
 * Draw `size` of the integers 0 … `n` − 1 without replacement, as
 * `np.random.choice(np.arange(n), size, replace=False)` does.
 *
 * @returns The integers in the order drawn.
 * @throws {RangeError} If `size` exceeds `n`.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { MT19937, numpyChoice } from "neuromfa/networks";
 *
 * deepEqual([...numpyChoice(new MT19937(0), 20, 5)], [18, 1, 19, 8, 10]);
 * ```
 */
export function numpyChoice(generator: MT19937, n: number, size: number): Int32Array {
  if (size > n) {
    throw new RangeError(`Cannot draw ${size} of ${n} without replacement; draw at most ${n}`);
  }
  return numpyPermutation(generator, n).slice(0, size);
}
