/** One correlation with its intervals and p values, or why it has none. */

import { correlationPValue } from "../statistics/linear_regression.ts";
import {
  coefficientOf,
  correlationCoefficient,
  correlationInterval,
  type CorrelationMethod,
  type CorrelationPoints,
  correlationVectors,
  scalarProduct,
  unitVector,
} from "../statistics/correlation_coefficient.ts";
import {
  correlationPoints,
  type CorrelationVariant,
  type Detrending,
  type PairedSeries,
  trainingTime,
} from "./correlation_points.ts";
import { dependentPValue } from "./dependent_p_value.ts";
import { type DrawSettings, resampledValues, SharedDraws } from "./shared_draws.ts";
import defer * as statistics from "../statistics/stdlib_statistics.ts";
import { type BootstrapInterval, bootstrapInterval } from "../statistics/bootstrap_interval.ts";
import { tQuantile } from "../statistics/t_quantile.ts";

/** A correlation; `null` is a number that there is not. */
export interface Correlation {
  /**
   * Points: steps that have both values, one less for differences, without those that a monotone
   * trend goes through.
   */
  readonly n: number;
  /** Independent points that these are worth, by how much each series keeps of its last value. */
  readonly nEffective: number | null;
  /** The correlation. */
  readonly r: number | null;
  /**
   * What ln(step + 1) in place of the quantity gives at the same points; `null` where it is taken
   * out.
   */
  readonly rStep: number | null;
  /** Lower end of the interval by Fisher's z transformation. */
  readonly low: number | null;
  /** Upper end of it. */
  readonly high: number | null;
  /** Lower end of the interval by a moving-block bootstrap. */
  readonly blockLow: number | null;
  /** Upper end of it. */
  readonly blockHigh: number | null;
  /**
   * Two-sided p value of the t test, which supposes independent points: of series over training it
   * is far too small.
   */
  readonly pValue: number | null;
  /**
   * Two-sided p value of a permutation test that lets points depend on each other; `null` where
   * they are too few to tell how, or both series follow a trend.
   */
  readonly pPermutation: number | null;
  /** `"ok"`, or a sentence that says why numbers are missing. */
  readonly status: string;
}

/** How intervals and p values are taken. */
export interface CorrelationSettings extends DrawSettings {
  /** Points in a block; `null` for the square root of the number of points, rounded up. */
  readonly blockLength: number | null;
  /** Share of intervals that are to hold the true correlation. */
  readonly level: number;
  /** What `"partial"` takes out. */
  readonly detrend?: Detrending;
}

/** Share of the resamples that must have a correlation, lest the interval be one of a lucky few. */
const ENOUGH = 0.95;

/**
 * Correlate two series; correlations of the same quantity are faster if they share their random
 * draws.
 */
export function measureCorrelation(
  series: PairedSeries,
  names: readonly [string, string],
  variant: CorrelationVariant,
  method: CorrelationMethod,
  settings: CorrelationSettings,
  shared: SharedDraws = new SharedDraws(settings),
): Correlation {
  const { detrend = "time" } = settings;
  const points = correlationPoints(series, variant, method, detrend);
  const n = points.x.length, controls = variant === "partial" ? 1 : 0;
  const fewest = 4 + controls;
  const isMonotone = variant === "partial" && detrend === "monotone";
  if (n < fewest) {
    const where = isMonotone ? "; a monotone trend goes through all others" : "";
    return none(
      n,
      `${n} of the ${fewest} points that a correlation with an interval needs${where}`,
    );
  }
  const vectors = correlationVectors(points, method), { x, y } = vectors;
  if (!x || !y) {
    const constant = [...x ? [] : [names[0]], ...y ? [] : [names[1]]];
    return none(n, constant.map((name) => whyConstant(name, variant, isMonotone)).join("; "));
  }
  const r = Math.max(-1, Math.min(1, scalarProduct(x, y)));
  const [low, high] = correlationInterval(r, n, method, controls, settings.level);
  const { status, ...ends } = blockInterval(points, method, r, settings, shared);
  const { pPermutation, nEffective, why } = dependentPValue(
    { series, names, variant, method, detrend },
    { ...vectors, x, y },
    settings.permutations,
    shared,
  );
  return {
    n,
    nEffective,
    r,
    rStep: controls ? null : stepCorrelation(series, variant, method),
    low,
    high,
    ...ends,
    pValue: correlationPValue(r, n - 2 - controls),
    pPermutation,
    status: why === null
      ? status
      : [...status === "ok" ? [] : [status], `no p value: ${why}`].join("; "),
  };
}

function none(n: number, status: string): Correlation {
  const ends = { low: null, high: null, blockLow: null, blockHigh: null };
  return {
    n,
    nEffective: null,
    r: null,
    rStep: null,
    ...ends,
    pValue: null,
    pPermutation: null,
    status,
  };
}

function whyConstant(name: string, variant: CorrelationVariant, isMonotone: boolean): string {
  return {
    levels: `${name} is the same at all points`,
    differences: `${name} changes by the same at all points`,
    partial: `nothing of ${name} is left without ${
      isMonotone ? "a monotone trend" : "ln(step + 1)"
    }`,
  }[variant];
}

/**
 * How training time correlates with the second series; `null` where it changes by the same at all
 * points.
 */
function stepCorrelation(
  { steps, y }: PairedSeries,
  variant: CorrelationVariant,
  method: CorrelationMethod,
): number | null {
  const time = correlationPoints({ steps, x: [...trainingTime(steps)], y }, variant, method);
  const r = correlationCoefficient(time, method);
  return Number.isNaN(r) ? null : r;
}

function blockInterval(
  points: CorrelationPoints,
  method: CorrelationMethod,
  r: number,
  { blockLength, level, draws: asked }: CorrelationSettings,
  shared: SharedDraws,
): Pick<Correlation, "blockLow" | "blockHigh" | "status"> {
  const n = points.x.length, block = blockLength ?? Math.ceil(Math.sqrt(n));
  const none = (why: string) => (
    { blockLow: null, blockHigh: null, status: `no block interval: ${why}` }
  );
  if (2 * block > n) return none(`${n} points are not two blocks of ${block}`);
  const { low, high, draws } = blockBootstrapInterval(points, method, r, { block, level }, shared);
  if (draws < ENOUGH * asked) return none(`only ${draws} of ${asked} resamples have a correlation`);
  return { blockLow: low, blockHigh: high, status: "ok" };
}

/**
 * The interval of a correlation by a moving-block bootstrap.
 *
 * Percentiles of a few blocks are too close together (of 21 points they held 79 to 86 % at a level of 95 %), so they
 * are moved away from `r`, on the axis of Fisher's z, by how much wider Student's t with one degree of freedom less than
 * there are blocks is than the normal distribution.
 *
 * @param options Neighbouring points in a block, at most half of them; the share of such intervals that hold the correlation.
 * @returns The interval, and of how many resamples: those that hold different values of both.
 */
export function blockBootstrapInterval(
  points: CorrelationPoints,
  method: CorrelationMethod,
  r: number,
  { block, level }: { readonly block: number; readonly level: number },
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
  const z = Math.atanh(r);
  const moved = (end: number) =>
    // What is perfect has no place on the axis of Fisher's z.
    Math.abs(r) === 1 || end === r ? end : Math.tanh(z + wider * (Math.atanh(end) - z));
  const [low, high] = [Math.min(r, interval.low), Math.max(r, interval.high)];
  return { ...interval, low: moved(low), high: moved(high) };
}
