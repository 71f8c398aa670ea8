/** One correlation with its intervals and p values, or why it has none. */
import { bootstrapInterval } from "../emergence/bootstrap_interval.ts";
import { correlationPValue } from "../multifractal/linear_regression.ts";
import {
  correlationCoefficient,
  type CorrelationMethod,
  type CorrelationPoints,
  correlationVectors,
  scalarProduct,
} from "./correlation_coefficient.ts";
import { correlationInterval } from "./correlation_interval.ts";
import {
  correlationPoints,
  type CorrelationVariant,
  type PairedSeries,
  trainingTime,
} from "./correlation_points.ts";
import { permutationPValue } from "./permutation_p_value.ts";
import { resampleBlocks } from "./resample_blocks.ts";

/** A correlation; `null` is a number that there is not. */
export interface Correlation {
  /** Points: steps that have both values, one less for differences. */
  readonly n: number;
  /** The correlation. */
  readonly r: number | null;
  /** What ln(step + 1) in place of the quantity gives at the same points; `null` where it is taken out. */
  readonly r_step: number | null;
  /** Lower end of the interval by Fisher's z transformation. */
  readonly low: number | null;
  /** Upper end of it. */
  readonly high: number | null;
  /** Lower end of the interval of the moving-block bootstrap. */
  readonly block_low: number | null;
  /** Upper end of it. */
  readonly block_high: number | null;
  /** Two-sided p value of the t test. */
  readonly p_value: number | null;
  /** Two-sided p value of the permutation test. */
  readonly p_permutation: number | null;
  /** `"ok"`, or a sentence that says why numbers are missing. */
  readonly status: string;
}

/** How intervals and p values are taken. */
export interface CorrelationSettings {
  /** Most orders tried by a permutation test. */
  readonly permutations: number;
  /** Bootstrap resamples. */
  readonly draws: number;
  /** Points in a block; `null` for the cube root of the number of points, rounded up. */
  readonly blockLength: number | null;
  /** Share of intervals that are to hold the true correlation. */
  readonly level: number;
  /** Seed of permutations and bootstrap. */
  readonly seed: number;
}

/** Share of the resamples that must have a correlation, lest the interval be one of a lucky few. */
const ENOUGH = 0.95;

/**
 * Correlate two series.
 *
 * @param names What they are called, for the status.
 */
export function measureCorrelation(
  series: PairedSeries,
  names: readonly [string, string],
  variant: CorrelationVariant,
  method: CorrelationMethod,
  settings: CorrelationSettings,
): Correlation {
  const points = correlationPoints(series, variant, method);
  const n = points.x.length, controls = points.control ? 1 : 0;
  const fewest = 4 + controls;
  if (n < fewest) {
    return none(n, `${n} of the ${fewest} points that a correlation with an interval needs`);
  }
  const { x, y, control } = correlationVectors(points, method);
  if (!x || !y) {
    const constant = [...x ? [] : [names[0]], ...y ? [] : [names[1]]];
    return none(n, constant.map((name) => whyConstant(name, variant)).join("; "));
  }
  const r = Math.max(-1, Math.min(1, scalarProduct(x, y)));
  const [low, high] = correlationInterval(r, n, method, controls, settings.level);
  return {
    n,
    r,
    r_step: controls ? null : stepCorrelation(series, variant, method),
    low,
    high,
    ...blockInterval(points, method, settings),
    p_value: correlationPValue(r, n - 2 - controls),
    p_permutation: permutationPValue({ x, y, control }, settings.permutations, settings.seed),
  };
}

function none(n: number, status: string): Correlation {
  const ends = { low: null, high: null, block_low: null, block_high: null };
  return { n, r: null, r_step: null, ...ends, p_value: null, p_permutation: null, status };
}

function whyConstant(name: string, variant: CorrelationVariant): string {
  switch (variant) {
    case "levels":
      return `${name} is the same at all points`;
    case "differences":
      return `${name} changes by the same at all points`;
    case "partial":
      return `nothing of ${name} is left without ln(step + 1)`;
  }
}

/** How training time correlates with the second series; `null` where it changes by the same at all points. */
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
  { x, y, control }: CorrelationPoints,
  method: CorrelationMethod,
  { blockLength, draws, level, seed }: CorrelationSettings,
): Pick<Correlation, "block_low" | "block_high" | "status"> {
  const n = x.length, block = blockLength ?? defaultBlock(n);
  const no = (why: string) => ({
    block_low: null,
    block_high: null,
    status: `no block interval: ${why}`,
  });
  if (block >= n) return no(`${n} points are not more than a block of ${block}`);
  const interval = bootstrapInterval(
    resampleBlocks(n, block, draws, seed),
    n,
    (times) => {
      const drawn = (values: Float64Array) => repeated(values, times);
      const resample = { x: drawn(x), y: drawn(y), control: control && drawn(control) };
      return correlationCoefficient(resample, method);
    },
    level,
  );
  if (interval.draws < ENOUGH * draws) {
    return no(`only ${interval.draws} of ${draws} resamples hold different values of both`);
  }
  return { block_low: interval.low, block_high: interval.high, status: "ok" };
}

/** Blocks grow with the cube root of the points (Hall, Horowitz and Jing, Biometrika 1995). */
function defaultBlock(points: number): number {
  // The cube root of a cube may come out above it.
  return Math.ceil(Math.cbrt(points) - 1e-9);
}

function repeated(values: Float64Array, times: Uint32Array): Float64Array {
  const result = new Float64Array(values.length);
  let next = 0;
  values.forEach((value, i) => result.fill(value, next, next += times[i]!));
  return result;
}
