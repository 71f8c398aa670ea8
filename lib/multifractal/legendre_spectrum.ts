/** From the mass exponent to the spectrum f(alpha). */

/** The largest f, found with its ties resolved by rule instead of by rounding. */
export interface SpectrumMaximum {
  /** Index into alpha of the value chosen: the first of the tied ones. */
  readonly index: number;
  /** alpha at that index. */
  readonly alpha: number;
  /** Whether another f comes within {@linkcode TIE_TOLERANCE} of the largest. */
  readonly tie: boolean;
  /** Every alpha whose f is tied for largest, in the order of q. */
  readonly candidates: readonly { readonly index: number; readonly alpha: number }[];
}

/** The spectrum of singularities by forward differences of tau; one entry shorter than the grid. */
export interface Spectrum {
  /** Lipschitz–Hölder exponents `(tau[j+1] − tau[j]) / (q[j+1] − q[j])`. */
  readonly alpha: Float64Array;
  /** Their fractal dimensions `f = q[j] · alpha[j] − tau[j]`. */
  readonly fAlpha: Float64Array;
  /** Width: largest alpha minus smallest; the heterogeneity of the network. */
  readonly width: number;
  /** Where f is largest. */
  readonly maximum: SpectrumMaximum;
}

/** Values of f closer than this are one value: f carries rounding of about 1e-14, its steps are above 1e-6. */
export const TIE_TOLERANCE = 1e-9;

/**
 * Take the spectrum f(alpha) from tau(q) by forward differences (Xiao et al., ICLR 2025, arXiv 2402.09099).
 *
 * With q = 0 on the grid, f is exactly 0 both there and one step before, so the largest f is always tied and
 * rounding noise decided between two alphas in the published code. Here the first of the tied ones is taken,
 * as the argmax of exact numbers would, and both are reported.
 *
 * @throws {RangeError} If there are fewer than two orders, not one tau for each, or two neighbours are equal.
 *
 * @example
 * ```ts
 * import { deepEqual, equal } from "node:assert/strict";
 * import { spectrum } from "neuromfa/multifractal";
 *
 * const { alpha, width, maximum } = spectrum([-1, 0, 1], [-2, 0, 1]);
 * deepEqual([...alpha], [2, 1]);
 * equal(width, 1);
 * equal(maximum.tie, true);
 * ```
 */
export function spectrum(q: ArrayLike<number>, tau: ArrayLike<number>): Spectrum {
  if (q.length < 2 || q.length !== tau.length) {
    throw new RangeError(
      `A spectrum needs two or more orders with one tau each, but there are ${q.length} orders and ` +
        `${tau.length} tau`,
    );
  }
  const alpha = new Float64Array(q.length - 1), fAlpha = new Float64Array(q.length - 1);
  for (let j = 0; j < alpha.length; j++) {
    const step = q[j + 1]! - q[j]!;
    if (step === 0) {
      throw new RangeError(`The order q = ${q[j]} comes twice in a row; give every order once`);
    }
    alpha[j] = (tau[j + 1]! - tau[j]!) / step;
    fAlpha[j] = q[j]! * alpha[j]! - tau[j]!;
  }
  const width = Math.max(...alpha) - Math.min(...alpha);
  const least = Math.max(...fAlpha) - TIE_TOLERANCE;
  const candidates = Array.from(alpha, (alpha, index) => ({ index, alpha }))
    .filter(({ index }) => fAlpha[index]! >= least);
  const maximum = { ...candidates[0]!, tie: candidates.length > 1, candidates };
  return { alpha, fAlpha, width, maximum };
}

/**
 * Measure how unevenly the spectrum lies about alpha_0: (left − right) / (left + right), left and right being the
 * distances from alpha_0 to the smallest and the largest alpha (Drożdż and Oświęcimka, 2015).
 *
 * @returns From −1 (all of it above alpha_0) to 1 (all below), or `null` for a spectrum of a single alpha.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { spectrumAsymmetry } from "neuromfa/multifractal";
 *
 * equal(spectrumAsymmetry([3, 2, 1.5, 1], 2.5), 0.5);
 * ```
 */
export function spectrumAsymmetry(alpha: ArrayLike<number>, alpha0: number): number | null {
  const values = Array.from(alpha);
  const left = alpha0 - Math.min(...values), right = Math.max(...values) - alpha0;
  return left + right === 0 ? null : (left - right) / (left + right);
}

/** Whether a spectrum passes each {@linkcode FilterMode}, by its number. */
export type FilterPass = readonly [boolean, boolean, boolean, boolean];

/** How far alpha may rise above its first value in modes 2 and 3. */
const MOST_RISE = 0.01;

/**
 * Test a spectrum against every filter mode. f is 0 in exact numbers at and before q = 0, so whether rounding
 * left it above 0 says nothing; with the default tolerance modes 1 and 3 look for values that are really above.
 *
 * @param filterTolerance How far above 0 an f must be to count; 0 is the published code's test.
 * @throws {RangeError} If the tolerance is negative or no number.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { filterPass } from "neuromfa/multifractal";
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
      `filterTolerance must be 0 or more, but it is ${filterTolerance}; 1e-9 is the default`,
    );
  }
  const belowZero = !fAlpha.some((f) => f > filterTolerance);
  const falling = !alpha.some((value) => value - alpha[0]! > MOST_RISE);
  return [true, belowZero, falling, belowZero && falling];
}
