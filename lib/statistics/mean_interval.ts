/** An interval for a mean of few values, or for a function of means. */

// @ts-types="@types/d3-array"
import { deviation as deviationOf, mean as meanOf } from "d3-array";
import { OPTIONS, type OptionValues, type SomeOptions } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import { binomialInterval } from "./binomial_interval.ts";
import { resampleWeights } from "./bootstrap_interval.ts";
import { tQuantile } from "./t_quantile.ts";

/** An interval of a mean, or the reason why there is none; then both ends are NaN. */
export interface MeanInterval {
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
  /** `"ok"`; `"two kinds"`, an interval that is wide for that reason; or why there is none. */
  readonly status: "ok" | "two kinds" | "too few values" | "no spread" | "few distinct values";
  /** Where there are two kinds of values, for each value whether it is of the upper kind. */
  readonly upper?: readonly boolean[];
}

/** Level, draws and seed. */
export type MeanIntervalOptions = SomeOptions<"draws" | "level" | "seed">;

const INTERVAL_OPTIONS = pick(OPTIONS, ["draws", "level", "seed"]);

/**
 * Fewest values with an interval. Of four, one in eight samples of two equal halves sees one half alone, and no interval can know
 * of the other; of five, one in sixteen.
 */
export const FEWEST_VALUES = 5;

/**
 * Values are of two kinds where these lie further apart than so many deviations within the kinds: more of few values, for of five
 * normal ones 13 in 100 sets have a gap that leaves kinds 6 deviations apart, and 2 in 100 one of 12.
 */
const apart = (size: number): number => Math.max(6, 60 / size);

/**
 * The bootstrap of t reaches at most so many times as far as Student's t: of five values with a gap it would reach ten times as
 * far, and no more intervals would hold the mean.
 */
const FURTHEST = 2;

/** Spread that rounding alone leaves, relative to the values. */
const ROUNDING = 1e-12;

/**
 * Take an interval of a mean that holds it as often as the level says, for as few as five values.
 *
 * The interval is studentised twice, and the wider half counts at each end: by Student's t, which is exact for normal values, and
 * by the bootstrap of t (Efron and Tibshirani, 1993, section 12.5), which leans as the values do. Values
 * of two kinds that lie far apart, as of samples of which some hold one short edge, are taken as such: the mean is then
 * uncertain as the share of a kind is (Clopper and Pearson, 1934). A kind that no value shows cannot be known of: of ten
 * samples a kind of one in ten is missed by one set in three.
 *
 * @param values At least {@linkcode FEWEST_VALUES} for an interval, all finite.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanInterval } from "neuromfa/statistics";
 *
 * const { low, high } = meanInterval([4.1, 3.8, 4.4, 4.0, 4.2]);
 * assert.ok(low < 3.85 && high > 4.35); // by the normal distribution 3.90 to 4.30
 * assert.equal(meanInterval([0, 1, 1, 0, 1, 1]).status, "two kinds");
 * assert.equal(meanInterval([4.1, 3.8]).status, "too few values");
 * ```
 */
export function meanInterval(
  values: ArrayLike<number>,
  options: MeanIntervalOptions = {},
): MeanInterval {
  const read = readOptions("meanInterval", INTERVAL_OPTIONS, options);
  return intervalOfValues(Float64Array.from(values), read, new Resamples(read));
}

/** The same with options that have been read, and resamples that others share. */
export function intervalOfValues(
  values: Float64Array,
  { level, draws }: OptionValues<"draws" | "level">,
  resamples: Resamples,
  scale = 0,
): MeanInterval {
  const size = values.length;
  if (size < FEWEST_VALUES) return none("too few values");
  const mean = meanOf(values)!, deviation = deviationOf(values)!;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), scale);
  if (!(deviation > ROUNDING * largest)) return none("no spread");
  const kinds = kindsOf(values);
  const t = tQuantile((1 + level) / 2, size - 1), error = deviation / Math.sqrt(size);
  if (kinds !== null) {
    const upper = Array.from(values, (value) => value >= kinds.least);
    const count = upper.filter((is) => is).length;
    const share = binomialInterval(count, size, level);
    const reach = t * kinds.deviation / Math.sqrt(size);
    const low = mean - Math.hypot(kinds.distance * (count / size - share.low), reach);
    const high = mean + Math.hypot(kinds.distance * (share.high - count / size), reach);
    return { low, high, status: "two kinds", upper };
  }
  const ratios = studentised(values, mean, deviation, resamples.of(size)).sort();
  const place = Math.max(0, Math.floor((1 - level) / 2 * (draws + 1)) - 1);
  const own = [ratios[place]!, ratios[draws - 1 - place]!] as const;
  if (!Number.isFinite(own[1] - own[0])) return none("few distinct values");
  const least = Math.max(-FURTHEST * t, Math.min(-t, own[0]));
  const most = Math.min(FURTHEST * t, Math.max(t, own[1]));
  return { low: mean - most * error, high: mean - least * error, status: "ok" };
}

/**
 * The interval of a function of means, from its values without each of the samples: the jackknife's pseudo-values stand for the
 * samples (Tukey, 1958), and their mean for the function.
 *
 * @param estimate The function of all samples.
 * @param without The function of all samples but one.
 */
export function jackknifeInterval(
  estimate: number,
  without: Float64Array,
  options: OptionValues<"draws" | "level" | "seed">,
  resamples: Resamples,
): MeanInterval {
  const size = without.length;
  const pseudo = without.map((value) => size * estimate - (size - 1) * value);
  // Differences of numbers near 1 are rounded, however small they are themselves.
  const interval = intervalOfValues(pseudo, options, resamples, 1);
  const moved = estimate - (meanOf(pseudo) ?? NaN);
  return { ...interval, low: interval.low + moved, high: interval.high + moved };
}

/** Resamples of any number of values, drawn once. */
export class Resamples {
  readonly #weights = new Map<number, Uint32Array>();
  readonly #options: OptionValues<"draws" | "seed">;

  /** Takes the number of draws and the seed. */
  constructor(options: OptionValues<"draws" | "seed">) {
    this.#options = options;
  }

  /** Multiplicities, row-major [draws × size]. */
  of(size: number): Uint32Array {
    const { draws, seed } = this.#options;
    const known = this.#weights.get(size);
    if (known) return known;
    const weights = resampleWeights(size, draws, seed);
    this.#weights.set(size, weights);
    return weights;
  }
}

function none(status: MeanInterval["status"]): MeanInterval {
  return { low: NaN, high: NaN, status };
}

/** For each resample how far its mean is off, in units of its own standard error; infinite where that is 0. */
function studentised(
  values: Float64Array,
  mean: number,
  deviation: number,
  weights: Uint32Array,
): Float64Array {
  const size = values.length, ratios = new Float64Array(weights.length / size);
  // Of values with mean 0 and deviation 1 no square is too large or small.
  const standard = values.map((value) => (value - mean) / deviation);
  for (let draw = 0, begin = 0; draw < ratios.length; draw++, begin += size) {
    let sum = 0, squares = 0;
    for (let i = 0; i < size; i++) {
      const times = weights[begin + i]!, value = standard[i]!;
      sum += times * value;
      squares += times * value * value;
    }
    const own = sum / size, variance = squares / size - own * own;
    if (variance > ROUNDING) ratios[draw] = own / Math.sqrt(variance / (size - 1));
    else ratios[draw] = Math.abs(own) < ROUNDING ? 0 : Math.sign(own) * Infinity;
  }
  return ratios;
}

/** Two kinds of values, parted by the largest gap, if they lie far apart; else `null`. */
function kindsOf(
  values: Float64Array,
): { readonly least: number; readonly distance: number; readonly deviation: number } | null {
  const sorted = values.toSorted();
  let parted = 1;
  for (let i = 2; i < sorted.length; i++) {
    if (sorted[i]! - sorted[i - 1]! > sorted[parted]! - sorted[parted - 1]!) parted = i;
  }
  const lower = sorted.subarray(0, parted), upper = sorted.subarray(parted);
  const distance = meanOf(upper)! - meanOf(lower)!;
  const squares = [lower, upper].reduce((sum, kind) => {
    const mean = meanOf(kind)!;
    return kind.reduce((own, value) => own + (value - mean) ** 2, sum);
  }, 0);
  const deviation = Math.sqrt(squares / (values.length - 2));
  const areApart = distance > apart(values.length) * deviation;
  return areApart ? { least: upper[0]!, distance, deviation } : null;
}
