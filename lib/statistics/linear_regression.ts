/** Ordinary least squares with the evidence for the fit. */

import defer * as student from "@stdlib/stats-base-dists-t-cdf";

/** A straight line fitted to points, `y = slope · x + intercept`, or the reason why there is none. */
export interface StraightLine {
  /** `"ok"`, or why no line could be fitted; then every number is NaN. */
  readonly status:
    | "ok"
    | "fewer than two points"
    | "all x are equal"
    | "a value is not finite, or too large to be squared";
  /** Change of y for a change of 1 in x. */
  readonly slope: number;
  /** Value of the line at x = 0. */
  readonly intercept: number;
  /** Pearson's correlation coefficient; 0 if all y are equal. */
  readonly rValue: number;
  /** Standard error of the slope; 0 with two points, through which a line always goes. */
  readonly stderr: number;
}

/** A straight line and how likely such a slope is by chance. */
export interface LinearRegression extends StraightLine {
  /** Two-sided p value of Wald's t test that the slope is 0; NaN without a line. */
  readonly pValue: number;
}

/** Keeps the t statistic of a perfect fit finite, at the size that SciPy chose. */
const TINY = 1e-20;

/**
 * Prepare fits of several series against the same x. They have no p value, which takes far longer
 * than the line: {@linkcode slopePValue} has it from the rValue.
 *
 * @returns A function that fits the `x.length` values of `values` that begin at `offset`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { regressionOn } from "neuromfa/statistics";
 *
 * const fit = regressionOn([0, 1, 2]);
 * equal(fit([1, 3, 5]).slope, 2);
 * equal(fit([1, 3, 5, 4, 4, 4], 3).slope, 0);
 * ```
 */
export function regressionOn(
  x: ArrayLike<number>,
): (values: ArrayLike<number>, offset?: number) => StraightLine {
  const points = x.length;
  const xMean = meanFrom(x, 0, points);
  const centred = Float64Array.from(x, (value) => value - xMean);
  const sumOfSquares = centred.reduce((sum, value) => sum + value * value, 0);
  return (values, offset = 0) => {
    if (points < 2) return noLine("fewer than two points");
    if (sumOfSquares === 0) return noLine("all x are equal");
    const yMean = meanFrom(values, offset, points);
    let xy = 0, yy = 0;
    for (let i = 0; i < points; i++) {
      const y = values[offset + i]! - yMean;
      xy += centred[i]! * y;
      yy += y * y;
    }
    if (!Number.isFinite(sumOfSquares + yy + xy)) {
      return noLine("a value is not finite, or too large to be squared");
    }
    const slope = xy / sumOfSquares;
    const rValue = yy === 0 ? 0 : Math.max(-1, Math.min(1, xy / Math.sqrt(sumOfSquares * yy)));
    const freedom = points - 2;
    return {
      status: "ok",
      slope,
      intercept: yMean - slope * xMean,
      rValue,
      stderr: freedom === 0 ? 0 : Math.sqrt((1 - rValue * rValue) * yy / sumOfSquares / freedom),
    };
  };
}

/**
 * Fit a straight line by ordinary least squares, with SciPy's `linregress` conventions for r, p and
 * standard error.
 *
 * @throws {RangeError} If `x` and `y` differ in length.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { linearRegression } from "neuromfa/statistics";
 *
 * const line = linearRegression([1, 2, 3, 4], [2, 4, 6, 8]);
 * equal(line.slope, 2);
 * equal(linearRegression([1], [2]).status, "fewer than two points");
 * ```
 */
export function linearRegression(x: ArrayLike<number>, y: ArrayLike<number>): LinearRegression {
  if (x.length !== y.length) {
    throw new RangeError(
      `A regression needs one y for each x, but there are ${x.length} x and ${y.length} y`,
    );
  }
  const line = regressionOn(x)(y);
  return { ...line, pValue: line.status === "ok" ? slopePValue(line.rValue, x.length) : NaN };
}

/**
 * The two-sided p value of Wald's t test that a line's slope is 0, from its rValue and the number of
 * its points, at least two; with two points 0, or 1 if their y are equal.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { linearRegression, slopePValue } from "neuromfa/statistics";
 *
 * const line = linearRegression([1, 2, 3, 4], [2, 4, 5, 9]);
 * equal(slopePValue(line.rValue, 4), line.pValue);
 * ```
 */
export function slopePValue(rValue: number, points: number): number {
  if (points === 2) return rValue === 0 ? 1 : 0;
  return correlationPValue(rValue, points - 2);
}

/**
 * Only the slope of a straight line through the first `points` points by ordinary least squares,
 * the x not all equal: evaluating the evidence takes far longer than the line.
 */
export function slopeOf(x: ArrayLike<number>, y: ArrayLike<number>, points = x.length): number {
  const xMean = meanFrom(x, 0, points), yMean = meanFrom(y, 0, points);
  let xx = 0, xy = 0;
  for (let i = 0; i < points; i++) {
    const centred = x[i]! - xMean;
    xx += centred * centred;
    xy += centred * (y[i]! - yMean);
  }
  return xy / xx;
}

/** The mean, measured from the first value so that equal values have exactly themselves as mean. */
function meanFrom(values: ArrayLike<number>, offset: number, points: number): number {
  const first = values[offset]!;
  let sum = 0;
  for (let i = offset; i < offset + points; i++) sum += values[i]! - first;
  return first + sum / points;
}

/**
 * The two-sided p value of the t test that a correlation of Pearson's is 0. `freedom` is the points
 * less 2, and less one for each variable taken out, at least 1. The lower tail is taken, where the
 * distribution function has no cancellation.
 */
export function correlationPValue(r: number, freedom: number): number {
  const t = Math.abs(r) * Math.sqrt(freedom / ((1 - r + TINY) * (1 + r + TINY)));
  return 2 * student.default(-t, freedom);
}

function noLine(status: StraightLine["status"]): StraightLine {
  return { status, slope: NaN, intercept: NaN, rValue: NaN, stderr: NaN };
}
