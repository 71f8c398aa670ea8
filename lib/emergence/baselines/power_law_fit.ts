/** A power law fitted to the upper part of some values. */

/** A power law with its evidence, or the reason why there is none; then the numbers are NaN. */
export interface PowerLawFit {
  /** `"ok"`, or why no power law could be fitted. */
  readonly status: "ok" | "fewer than two positive values" | "all values are equal";
  /** The exponent a of the density `x ** -a` from {@linkcode xmin} on. */
  readonly exponent: number;
  /** Its standard error, `(a − 1) / √n` for n values in the tail. */
  readonly stderr: number;
  /** Where the tail begins: one of the values. */
  readonly xmin: number;
  /** Greatest distance of the tail's empirical distribution function from the fitted one. */
  readonly distance: number;
  /** Number of values in the tail. */
  readonly tail: number;
}

/**
 * Fit a power law as WeightWatcher does (Martin, Peng and Mahoney, 2021) after Clauset, Shalizi and Newman (2009): for each
 * value as the beginning of the tail the exponent of greatest likelihood, `1 + n / Σ ln(x_i / xmin)`, and of all
 * beginnings but the largest value the one with the least Kolmogorov–Smirnov distance. As there, the empirical function is
 * taken just below each value. It is a fit, no test of whether the tail is a power law.
 *
 * @param values The values; those that are not positive are left out.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { powerLawFit } from "neuromfa";
 *
 * // Quantiles of the density 1.5 · x ** -2.5 from 1 on.
 * const values = Array.from({ length: 200 }, (_, i) => (1 - i / 200) ** (-1 / 1.5));
 * equal(powerLawFit(values).exponent.toFixed(1), "2.5");
 * ```
 */
export function powerLawFit(values: ArrayLike<number>): PowerLawFit {
  const sorted = Float64Array.from(values).filter((value) => value > 0).sort();
  if (sorted.length < 2) return none("fewer than two positive values");
  if (sorted[0] === sorted.at(-1)) return none("all values are equal");
  const logs = sorted.map(Math.log);
  let best = none("all values are equal");
  let sum = logs.at(-1)!;
  for (let i = sorted.length - 2; i >= 0; i--) {
    sum += logs[i]!;
    const tail = sorted.length - i;
    const above = sum - tail * logs[i]!;
    if (!(above > 0)) continue; // the values from here on are equal
    const exponent = 1 + tail / above;
    let distance = 0;
    for (let j = i; j < sorted.length; j++) {
      const fitted = 1 - Math.exp((1 - exponent) * (logs[j]! - logs[i]!));
      distance = Math.max(distance, Math.abs(fitted - (j - i) / tail));
    }
    // Of equally good fits the one with the longer tail is kept.
    if (best.status === "ok" && distance > best.distance) continue;
    const stderr = (exponent - 1) / Math.sqrt(tail);
    best = { status: "ok", exponent, stderr, xmin: sorted[i]!, distance, tail };
  }
  return best;
}

function none(status: PowerLawFit["status"]): PowerLawFit {
  return { status, exponent: NaN, stderr: NaN, xmin: NaN, distance: NaN, tail: 0 };
}
