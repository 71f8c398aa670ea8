/** The interval of a correlation of points that depend on their neighbours. */

import * as statistics from "../statistics/stdlib_statistics.ts";
import { type BootstrapInterval, bootstrapInterval } from "../statistics/bootstrap_interval.ts";
import {
  coefficientOf,
  type CorrelationMethod,
  type CorrelationPoints,
  unitVector,
} from "../statistics/correlation_coefficient.ts";
import { resampledValues, type SharedDraws } from "./shared_draws.ts";
import tCdf from "@stdlib/stats-base-dists-t-cdf";

/** How an interval is taken. */
export interface BlockBootstrapOptions {
  /** Neighbouring points in a block, at most half of them. */
  readonly block: number;
  /** Share of such intervals that are to hold the correlation, 0 to 1. */
  readonly level: number;
}

/**
 * The interval of a correlation by a moving-block bootstrap.
 *
 * Percentiles of a few blocks are too close together (of 21 points they held 79 to 86 % at a level of 95 %), so they
 * are moved away from `r`, on the axis of Fisher's z, by how much wider Student's t with one degree of freedom less than
 * there are blocks is than the normal distribution.
 *
 * @param points The points, in order.
 * @param method How the correlation is taken.
 * @param r The correlation.
 * @param shared The resamples.
 * @returns The interval, and of how many resamples: those that hold different values of both.
 */
export function blockBootstrapInterval(
  points: CorrelationPoints,
  method: CorrelationMethod,
  r: number,
  { block, level }: BlockBootstrapOptions,
  shared: SharedDraws,
): BootstrapInterval {
  const size = points.x.length, blocks = Math.floor(size / block), tail = (1 + level) / 2;
  const resamples = shared.resamples(size, block);
  const xOf = shared.x(points, method, resamples);
  const takeY = resampledValues(points.y, method, resamples), y = new Float64Array(size);
  let draw = 0;
  const interval = bootstrapInterval(
    resamples.times,
    size,
    () => {
      const { x, control } = xOf(draw);
      takeY(draw++, y);
      return x ? coefficientOf(x, unitVector(y, control, y)) : NaN;
    },
    level,
  );
  const wider = tQuantile(tail, blocks - 1) / statistics.normalQuantile(tail, 0, 1);
  const moved = (end: number) => moveAway(end, r, wider);
  return {
    ...interval,
    low: moved(Math.min(r, interval.low)),
    high: moved(Math.max(r, interval.high)),
  };
}

/** Move the end of an interval away from `r`, on the axis of Fisher's z. */
function moveAway(end: number, r: number, times: number): number {
  // What is perfect has no place on that axis.
  if (Math.abs(r) === 1 || end === r) return end;
  const z = Math.atanh(r);
  return Math.tanh(z + times * (Math.atanh(end) - z));
}

/**
 * The value below which a share of Student's t distribution lies, by halving an interval. (The quantile function of
 * @stdlib reads the whole environment when it is imported, which would need a permission.)
 *
 * @param share More than 0.5 and less than 1.
 * @param freedom Degrees of freedom, at least 1.
 */
export function tQuantile(share: number, freedom: number): number {
  let low = 0, high = 1;
  while (tCdf(high, freedom) < share) [low, high] = [high, 2 * high];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (tCdf(middle, freedom) < share) low = middle;
    else high = middle;
  }
}
