/**
 * What the correlations of one quantity with many scores share: each is made once, and the last few
 * are kept.
 */

import {
  type CorrelationMethod,
  type CorrelationPoints,
  unitVector,
} from "../statistics/correlation_coefficient.ts";
import { drawnOrders, type OrderGroup } from "../statistics/permutation_p_value.ts";
import { AutoregressiveSeries, type Preparation } from "../statistics/autoregression.ts";
import { shareOfTrend } from "../statistics/monotone_trend.ts";
import { type BlockResamples, resampleBlocks } from "../statistics/resample_blocks.ts";

/** How much is drawn, and by which seed. */
export interface DrawSettings {
  /** Orders of a permutation test. */
  readonly permutations: number;
  /** Bootstrap resamples. */
  readonly draws: number;
  /** Seed of both. */
  readonly seed: number;
}

/** Values and their changes are of two numbers of points. */
const SIZES = 2;
/** Values, changes, and values without a control; each as they are and as ranks. */
const KINDS = 6;

/** Fits and limits are small. */
const MOST_FITS = 1000;

/** The random draws that correlations share. */
export class SharedDraws {
  readonly #settings: DrawSettings;
  readonly #orders = new Map<string, Iterable<OrderGroup>>();
  readonly #resamples = new Map<string, BlockResamples>();
  readonly #series = new Map<number, AutoregressiveSeries>();
  readonly #fits = new Map<string, ReturnType<AutoregressiveSeries["fit"]>>();
  readonly #limits = new Map<string, number>();
  /** Quantities as they were resampled. */
  readonly #kept: [...Parameters<typeof resampleX>, ReturnType<typeof resampleX>][] = [];

  constructor(settings: DrawSettings) {
    this.#settings = settings;
  }

  /** Orders of points. */
  orders(size: number): Iterable<OrderGroup> {
    const { permutations, seed } = this.#settings;
    return keep(this.#orders, `${size}`, () => drawnOrders(size, permutations, seed));
  }

  /** Simulated series of a length. */
  #autoregressive(size: number): AutoregressiveSeries {
    const series = this.#series.get(size) ?? new AutoregressiveSeries(size);
    this.#series.set(size, series);
    return series;
  }

  /**
   * A fit of the share that series keep of their last value; a key stands for one preparation of
   * series of that length.
   */
  fit(size: number, key: string, prepare: Preparation): (prepared: Float64Array) => number {
    const make = () => this.#autoregressive(size).fit(prepare);
    return keep(this.#fits, `${size} ${key}`, make, MOST_FITS);
  }

  /**
   * The share of a monotone trend that 19 of 20 series without one stay below, where they keep a
   * share of their last value.
   */
  trendLimit(size: number, phi: number): number {
    const rounded = Math.round(10 * phi) / 10;
    const make = () => this.#autoregressive(size).quantile(rounded, 0.95, (s) => shareOfTrend(s));
    return keep(this.#limits, `${size} ${rounded}`, make, MOST_FITS);
  }

  /** Resamples of points by blocks. */
  resamples(size: number, block: number): BlockResamples {
    const { draws, seed } = this.#settings;
    const make = () => resampleBlocks(size, block, draws, seed);
    return keep(this.#resamples, `${size} ${block}`, make);
  }

  /** The vectors of x in each of some resamples. */
  x(...[points, method, resamples]: Parameters<typeof resampleX>): ReturnType<typeof resampleX> {
    const same = this.#kept.find(([kept, keptMethod, keptResamples]) =>
      keptMethod === method && keptResamples === resamples &&
      isSame(kept.x, points.x) && isSame(kept.control, points.control)
    );
    if (same) return same[3];
    const vectors = resampleX(points, method, resamples);
    this.#kept.push([points, method, resamples, vectors]);
    if (this.#kept.length > KINDS) this.#kept.shift();
    return vectors;
  }
}

function keep<T>(kept: Map<string, T>, key: string, make: () => T, most = SIZES): T {
  const value = kept.get(key) ?? make();
  // The one needed last stands last.
  kept.delete(key);
  kept.set(key, value);
  if (kept.size > most) kept.delete(kept.keys().next().value!);
  return value;
}

function isSame(a: Float64Array | null, b: Float64Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** The points whose x is resampled; what they are correlated with does not matter. */
export type XPoints = Pick<CorrelationPoints, "x" | "control">;

/** The vectors of a resample as {@linkcode correlationVectors} makes them; x is `null` where it does not vary. */
export type ResampledX = Readonly<Record<"x" | "control", Float64Array | null>>;

/** Most numbers that are kept, 8 bytes each; more are computed again for each score. */
const MOST_KEPT = 4e6;

/** The vectors of x in the resample of a number, valid until the next call. */
export function resampleX(
  { x, control }: XPoints,
  method: CorrelationMethod,
  resamples: BlockResamples,
): (draw: number) => ResampledX {
  const { size, draws } = resamples;
  const [xs, controls] = [x, control ?? x].map((v) => resampledValues(v, method, resamples));
  const vectors = (draw: number, own: Float64Array, along: Float64Array | null): ResampledX => {
    if (along) controls!(draw, along);
    xs!(draw, own);
    const taken = along && unitVector(along, null, along);
    return { x: unitVector(own, taken, own), control: taken };
  };
  const make = () => new Float64Array(size);
  if (size * draws > MOST_KEPT) {
    const own = make(), along = control && make();
    return (draw) => vectors(draw, own, along);
  }
  const kept = Array.from({ length: draws }, (_, i) => vectors(i, make(), control && make()));
  return (draw) => kept[draw]!;
}

/**
 * What is measured of resampled points, values or ranks, in the order of the points, on which no
 * correlation depends.
 */
export function resampledValues(
  values: Float64Array,
  method: CorrelationMethod,
  { size, points }: BlockResamples,
): (draw: number, into: Float64Array) => void {
  if (method === "pearson") {
    return (draw, into) => {
      for (let i = 0, at = draw * size; i < size; i++, at++) into[i] = values[points[at]!]!;
    };
  }
  // Sorted once: how often the points of each value were drawn tells their rank.
  const { places, count } = placesInOrder(values);
  const drawn = new Uint32Array(count), ranks = new Float64Array(count);
  return (draw, into) => {
    const start = draw * size;
    drawn.fill(0);
    for (let i = 0, at = start; i < size; i++, at++) drawn[places[points[at]!]!]!++;
    let below = 0;
    for (let place = 0; place < count; place++) {
      const tied = drawn[place]!;
      ranks[place] = below + (tied + 1) / 2;
      below += tied;
    }
    for (let i = 0, at = start; i < size; i++, at++) into[i] = ranks[places[points[at]!]!]!;
  };
}

/**
 * The place of each value among the different ones, ascending, and how many different ones there
 * are.
 */
function placesInOrder(values: Float64Array): { places: Uint32Array; count: number } {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const places = new Uint32Array(values.length);
  let count = 0;
  order.forEach((point, i) => {
    if (i === 0 || values[point] !== values[order[i - 1]!]) count++;
    places[point] = count - 1;
  });
  return { places, count };
}
