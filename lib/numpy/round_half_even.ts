/** Rounding as NumPy does it. */

/** Adding and taking away 2⁵² leaves an integer, rounded half to even by the floating-point unit; for numbers from 0 to 2⁵². */
export const INTEGERS_ONLY = 2 ** 52;

/**
 * Round to a number of decimals, halves to the even neighbour, as `np.round(value, digits)` does: the
 * scaled value is rounded, so 0.15 becomes 0.2 although its double lies below.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { roundHalfEven } from "neuromfa/networks";
 *
 * equal(roundHalfEven(2.5), 2);
 * equal(roundHalfEven(0.25, 1), 0.2);
 * ```
 */
export function roundHalfEven(value: number, digits = 0): number {
  if (digits === 0) return toInteger(value);
  const scale = 10 ** digits;
  return toInteger(value * scale) / scale;
}

function toInteger(value: number): number {
  const size = Math.abs(value);
  if (!(size < INTEGERS_ONLY)) return value;
  const rounded = size + INTEGERS_ONLY - INTEGERS_ONLY;
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}
