/** Over which radii a power law holds. */
import type { LocalSlope } from "./local_slopes.ts";

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
 * import { scalingRanges } from "neuromfa";
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
      `tolerance must lie between 0 and 1, but it is ${tolerance}; 0.1 is the default.`,
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
