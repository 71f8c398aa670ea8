/** The p value of a correlation of points that depend on each other, or why there is none. */

import {
  type CorrelationMethod,
  type CorrelationVectors,
  unitVector,
} from "../statistics/correlation_coefficient.ts";
import { effectivePoints } from "../statistics/effective_points.ts";
import { monotoneTrend, shareOfTrend } from "../statistics/monotone_trend.ts";
import { permutationPValue } from "../statistics/permutation_p_value.ts";
import {
  type CorrelationVariant,
  type Detrending,
  type PairedSeries,
  withoutMonotoneTrend,
} from "./correlation_points.ts";
import type { SharedDraws } from "./shared_draws.ts";

/** A p value that allows for dependence, and what the points are worth. */
export interface DependentPValue {
  /** Two-sided p value; `null` if there is none. */
  readonly pPermutation: number | null;
  /** Independent points that the points are worth; `null` if they are too few to tell. */
  readonly nEffective: number | null;
  /** Why there is no p value; `null` if there is one. */
  readonly why: string | null;
}

/** What is correlated, and how. */
export interface CorrelatedSeries {
  readonly series: PairedSeries;
  readonly names: readonly [string, string];
  readonly variant: CorrelationVariant;
  readonly method: CorrelationMethod;
  readonly detrend: Detrending;
}

/** Of fewer points nobody can tell how they depend on each other. */
const FEWEST = 10;

/**
 * The same of points that are left beside monotone trends, which follow each series closely where
 * there are few.
 */
const FEWEST_BESIDE_TRENDS = 15;

/**
 * From which share of its variance a monotone trend is the series. Levels of such series, and what
 * ln(step + 1) leaves of them, are one bend, and any two bends go along. Changes of a rise without
 * noise are large in one stretch, where those of another may be; a few per cent of noise hide that.
 */
const STEADY: Readonly<Record<CorrelationVariant, number>> = {
  ...{ levels: 0.9, partial: 0.9, differences: 0.97 },
};

/** The vectors of two series that vary. */
type VaryingVectors = CorrelationVectors & Readonly<Record<"x" | "y", Float64Array>>;

/**
 * The p value of a correlation of two series, each of which may keep a share of its last value: the
 * share is fitted, and either of both is built again from its own innovations in another order,
 * beside the other as it is. The mean of both p values counts: by simulation the larger one rejects
 * too little, either alone too much where one fit is short of the truth. There is none where both
 * series follow a trend, since a trend is one observation, and none of a few points.
 */
export function dependentPValue(
  what: CorrelatedSeries,
  vectors: VaryingVectors,
  permutations: number,
  shared: SharedDraws,
): DependentPValue {
  const { x, y, control } = vectors, size = x.length;
  const isBesideTrends = what.variant === "partial" && what.detrend === "monotone";
  const fewest = isBesideTrends ? FEWEST_BESIDE_TRENDS : FEWEST;
  if (size < fewest) {
    const points = isBesideTrends ? "points that no trend goes through" : "points";
    const why = `${size} ${points}, and it takes ${fewest} to tell how they depend on each other`;
    return { pPermutation: null, nEffective: null, why };
  }
  const fit = fitOf(what, vectors, shared);
  const fitted = [fit(x), fit(y)] as const;
  const nEffective = effectivePoints(size, ...fitted);
  // Series of which one swings and one stays correlate less by chance than points that are
  // independent, if the fits are right.
  const [ofX, ofY] = fitted[0] * fitted[1] < 0 ? [0, 0] : fitted;
  const why = whySteady(what, nEffective, shared);
  if (why !== null) return { pPermutation: null, nEffective, why };
  const draw = () => shared.orders(size);
  const pPermutation = (
    permutationPValue({ x, y, control }, permutations, draw, ofY) +
    permutationPValue({ x: y, y: x, control }, permutations, draw, ofX)
  ) / 2;
  return { pPermutation, nEffective, why };
}

/** The fit of the share that is kept, of vectors from which a trend may have been taken. */
function fitOf(
  { series, variant, method, detrend }: CorrelatedSeries,
  { x, control }: VaryingVectors,
  shared: SharedDraws,
): (vector: Float64Array) => number {
  const size = x.length;
  if (variant !== "partial") {
    return shared.fit(size, "levels", (values) => unitVector(values, null));
  }
  if (detrend === "monotone") return monotoneFit(size, shared);
  return shared.fit(size, `${method} ${series.steps}`, (values) => unitVector(values, control));
}

/** The fit of what a monotone trend leaves. */
function monotoneFit(size: number, shared: SharedDraws): (vector: Float64Array) => number {
  return shared.fit(size, "monotone", (values) => unitVector(withoutMonotoneTrend(values), null));
}

/** Why two series are too steady for a p value; `null` if they are not. */
function whySteady(
  { series: { x, y }, names, variant, detrend }: CorrelatedSeries,
  nEffective: number,
  shared: SharedDraws,
): string | null {
  if (variant === "partial" && detrend === "monotone") return null;
  const trends = [x, y].map((values) => steadiness(Float64Array.from(values), variant, shared));
  if (!trends.every(({ isSteady }) => isSteady)) return null;
  const [first, second] = trends.map(({ share }) => `${Math.floor(100 * share)} %`);
  const both = `${names[0]} and ${names[1]} both follow a monotone trend ` +
    `(${first} and ${second} of their variance)`;
  if (variant === "differences") {
    return `${both}, so that both may change most in the same stretch whatever they measure`;
  }
  const worth = Math.max(1, Math.round(nEffective));
  return `${both}, and ${x.length} points of two trends are worth about ${worth} independent ` +
    (worth === 1 ? "one" : "ones");
}

/**
 * Whether a series follows a monotone trend: one that is nearly all of it, or more than chance
 * gives its own noise.
 */
function steadiness(
  values: Float64Array,
  variant: CorrelationVariant,
  shared: SharedDraws,
): { readonly isSteady: boolean; readonly share: number } {
  const share = shareOfTrend(values, monotoneTrend(values));
  if (share >= STEADY[variant]) return { isSteady: true, share };
  if (variant === "differences") return { isSteady: false, share };
  const noise = unitVector(withoutMonotoneTrend(values), null);
  if (!noise) return { isSteady: true, share };
  const phi = monotoneFit(values.length, shared)(noise);
  return { isSteady: share > shared.trendLimit(values.length, phi), share };
}
