/** The abscissas of every fit. */

/**
 * Compute `ln(r / d)` for every radius r, d being the largest.
 *
 * @param radii Radii, ascending.
 * @returns Logarithms from below 0 up to exactly 0.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { relativeLogRadii } from "neuromfa";
 *
 * deepEqual([...relativeLogRadii(Float64Array.of(1, 2))], [Math.log(0.5), 0]);
 * ```
 */
export function relativeLogRadii(radii: Float64Array): Float64Array {
  const diameter = radii.at(-1)!;
  return radii.map((radius) => Math.log(radius / diameter));
}
