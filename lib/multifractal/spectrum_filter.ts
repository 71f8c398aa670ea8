/** Which spectra are left out of an average. */
import type { Spectrum } from "./spectrum.ts";

/** 0 keeps every spectrum; 1 drops it if any f is above 0; 2 if alpha rises above its first value; 3 if either. */
export type FilterMode = 0 | 1 | 2 | 3;

/** Whether a spectrum passes each {@linkcode FilterMode}, by its number. */
export type FilterPass = readonly [boolean, boolean, boolean, boolean];

/** How far alpha may rise above its first value in modes 2 and 3. */
const MOST_RISE = 0.01;

/**
 * Test a spectrum against every filter mode. f is 0 in exact numbers at and before q = 0, so whether rounding
 * left it above 0 says nothing; with the default tolerance modes 1 and 3 look for values that are really above.
 *
 * @param spectrum alpha and f(alpha).
 * @param filterTolerance How far above 0 an f must be to count; 0 is the published code's test.
 * @returns Whether each mode keeps the spectrum.
 * @throws {RangeError} If the tolerance is negative or no number.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { filterPass } from "neuromfa";
 *
 * const noise = { alpha: Float64Array.of(2, 1), fAlpha: Float64Array.of(-1, 1e-16) };
 * deepEqual(filterPass(noise), [true, true, true, true]);
 * deepEqual(filterPass(noise, 0), [true, false, true, false]);
 * ```
 */
export function filterPass(
  { alpha, fAlpha }: Pick<Spectrum, "alpha" | "fAlpha">,
  filterTolerance = 1e-9,
): FilterPass {
  if (!(filterTolerance >= 0)) {
    throw new RangeError(
      `filterTolerance must be 0 or more, but it is ${filterTolerance}; 1e-9 is the default.`,
    );
  }
  const belowZero = !fAlpha.some((f) => f > filterTolerance);
  const falling = !alpha.some((value) => value - alpha[0]! > MOST_RISE);
  return [true, belowZero, falling, belowZero && falling];
}
