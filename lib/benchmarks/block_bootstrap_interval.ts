/** The interval of a correlation of points that depend on their neighbours. */
import defer * as statistics from "./stdlib_statistics.ts";

import { type BootstrapInterval, bootstrapInterval } from "../emergence/bootstrap_interval.ts";
import {
  coefficientOf,
  type CorrelationMethod,
  type CorrelationPoints,
  unitVector,
} from "./correlation_coefficient.ts";
import { resampledValues } from "./resampled_values.ts";
import type { SharedDraws } from "./shared_draws.ts";
import { tQuantile } from "./t_quantile.ts";

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
