/** Whether there is a power law: the slope of the partition function at every radius. */

import { regressionOn } from "../statistics/linear_regression.ts";
import type { PartitionFunction } from "./partition_function.ts";

/** The slope around one radius, for one order. */
export interface LocalSlope {
  /** Order. */
  readonly q: number;
  /** Radius in the middle. */
  readonly radius: number;
  /** `d ln Z_q / d ln r`, by least squares over the radii around. */
  readonly slope: number;
  /** Standard error of the slope; 0 with two points. */
  readonly stderr: number;
  /** Radii that the slope is fitted to. */
  readonly points: number;
}

/** Which slopes, and how wide the window is. */
export interface LocalSlopesOptions {
  /** Orders; those of the partition function but 0, where Z does not change, unless given. */
  readonly orders?: readonly number[];
  /**
   * Radii from `r / factor` to `r · factor` make the slope at r, and its neighbours where they lie further away; above 1,
   * and 1.5 unless given.
   */
  readonly factor?: number;
}

/**
 * Fit the slope of `ln Z_q(r)` on `ln r` in a window around every radius. Where there is a power law the slope is the same
 * at all radii and equals tau(q); where it drifts, one tau stands for no exponent at all, however small its standard error.
 *
 * @returns For each order a row for each radius, ascending.
 * @throws {RangeError} If there are fewer than two radii, an order was not measured, or the factor is not above 1.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { localSlopes } from "neuromfa/multifractal";
 *
 * // Z = r up to r = 4, and as its square beyond.
 * const radii = Float64Array.of(1, 2, 4, 8, 16);
 * const rows = localSlopes({
 *   q: Float64Array.of(1), radii,
 *   logRadii: radii.map((r) => Math.log(r / 16)),
 *   logZ: Float64Array.of(1, 2, 4, 16, 64).map(Math.log),
 * });
 * deepEqual(rows.map(({ slope }) => Number(slope.toFixed(9))), [1, 1, 1.5, 2, 2]);
 * ```
 */
export function localSlopes(
  { q, radii, logRadii, logZ }: PartitionFunction,
  { orders = Array.from(q).filter((order) => order !== 0), factor = 1.5 }: LocalSlopesOptions = {},
): LocalSlope[] {
  const count = radii.length;
  if (count < 2) {
    throw new RangeError(
      `A slope needs at least two radii, but there is ${count}; raise the threshold`,
    );
  }
  if (!(factor > 1)) {
    throw new RangeError(`factor must be above 1, but it is ${factor}; 1.5 is the default`);
  }
  // Rounding must not decide whether a radius at the window's edge belongs to it.
  const reach = Math.log(factor) + 1e-12;
  const windows = Array.from(logRadii, (middle, j) => {
    let first = Math.max(0, j - 1), end = Math.min(count, j + 2);
    while (first > 0 && middle - logRadii[first - 1]! <= reach) first--;
    while (end < count && logRadii[end]! - middle <= reach) end++;
    return { first, end };
  });
  return orders.flatMap((order) => {
    const start = q.indexOf(order) * count;
    if (start < 0) {
      throw new RangeError(
        `order q = ${order} was not measured; orders go from ${q[0]} to ${q.at(-1)}`,
      );
    }
    return windows.map(({ first, end }, j) => {
      const line = regressionOn(logRadii.subarray(first, end))(logZ, start + first);
      return {
        q: order,
        radius: radii[j]!,
        slope: line.slope,
        stderr: line.stderr,
        points: end - first,
      };
    });
  });
}

/** The widest range of radii over which the local slope of one order stays about the same. */
export interface ScalingRange {
  /** Order. */
  readonly q: number;
  /** Smallest radius of the range. */
  readonly min: number;
  /** Largest radius of the range. */
  readonly max: number;
  /** `max / min`: 10 is a decade. */
  readonly factor: number;
  /** `max / min` of all radii, to compare with. */
  readonly ofFactor: number;
  /** The middle of the slopes in the range, with which none differs by more than the tolerance. */
  readonly slope: number;
  /** Radii in the range. */
  readonly points: number;
}

/**
 * Find, for each order, the widest range of radii (by the ratio of its ends) in which no local slope is further from the
 * middle one than a share of it. One exponent describes the network over that range and not beyond; a range much narrower
 * than a decade is hardly a power law.
 *
 * @param slopes Local slopes, each order's by ascending radius.
 * @param tolerance The share, above 0 and below 1; 0.1 unless given.
 * @returns One entry for each order, in the order met.
 * @throws {RangeError} If the tolerance is out of range.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { scalingRanges } from "neuromfa/multifractal";
 *
 * const slopes = [3, 1, 1.1, 1, 0.2].map((slope, i) => (
 *   { q: 1, radius: 2 ** i, slope, stderr: 0, points: 3 }
 * ));
 * const { min, max, factor } = scalingRanges(slopes)[0]!;
 * deepEqual([min, max, factor], [2, 8, 4]);
 * ```
 */
export function scalingRanges(slopes: readonly LocalSlope[], tolerance = 0.1): ScalingRange[] {
  if (!(tolerance > 0 && tolerance < 1)) {
    throw new RangeError(
      `tolerance must lie between 0 and 1, but it is ${tolerance}; 0.1 is the default`,
    );
  }
  return [...Map.groupBy(slopes, ({ q }) => q)].map(([q, rows]) => {
    let best = { first: 0, end: 1, slope: rows[0]!.slope };
    const ratio = (first: number, end: number) => rows[end - 1]!.radius / rows[first]!.radius;
    for (let first = 0; first < rows.length; first++) {
      let low = Infinity, high = -Infinity;
      for (let end = first + 1; end <= rows.length; end++) {
        low = Math.min(low, rows[end - 1]!.slope);
        high = Math.max(high, rows[end - 1]!.slope);
        const middle = (low + high) / 2;
        if (high - middle > tolerance * Math.abs(middle)) break;
        if (ratio(first, end) > ratio(best.first, best.end)) best = { first, end, slope: middle };
      }
    }
    const { first, end, slope } = best;
    return {
      q,
      min: rows[first]!.radius,
      max: rows[end - 1]!.radius,
      factor: ratio(first, end),
      ofFactor: ratio(0, rows.length),
      slope,
      points: end - first,
    };
  });
}
