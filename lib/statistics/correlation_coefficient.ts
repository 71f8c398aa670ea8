/** Pearson's and Spearman's correlation of points, with or without a variable taken out. */

import defer * as statistics from "./stdlib_statistics.ts";

/** Pearson's on the values, or Spearman's: Pearson's on their ranks, ties sharing the mean of theirs. */
export type CorrelationMethod = "pearson" | "spearman";

/** Points whose correlation is asked for. */
export interface CorrelationPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** What is taken out of both by least squares first, one value a point; `null` for nothing. */
  readonly control: Float64Array | null;
}

/** Points as vectors of mean 0 and length 1, whose scalar product is the correlation. */
export interface CorrelationVectors {
  /** Without its part along the control; `null` where x does not vary, or only along with the control. */
  readonly x: Float64Array | null;
  readonly y: Float64Array | null;
  readonly control: Float64Array | null;
}

/** Share of a vector's length that rounding can leave of it when all of it is taken out; larger ones are real. */
const ROUNDING = 1e-10;

/** The vectors of some points: of their values, or of the ranks of their values. */
export function correlationVectors(
  { x, y, control }: CorrelationPoints,
  method: CorrelationMethod,
): CorrelationVectors {
  const measured = (values: Float64Array) =>
    method === "pearson" ? values : new Float64Array(statistics.ranks(values));
  const taken = control && unitVector(measured(control), null);
  return { x: unitVector(measured(x), taken), y: unitVector(measured(y), taken), control: taken };
}

/** The correlation of some points, −1 to 1; NaN where there is none because x or y does not vary. */
export function correlationCoefficient(
  points: CorrelationPoints,
  method: CorrelationMethod,
): number {
  const { x, y } = correlationVectors(points, method);
  return coefficientOf(x, y);
}

/** The correlation of two such vectors, NaN where one is none. */
export function coefficientOf(x: Float64Array | null, y: Float64Array | null): number {
  return x && y ? Math.max(-1, Math.min(1, scalarProduct(x, y))) : NaN;
}

/** The sum of products. */
export function scalarProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * Values as a vector of mean 0 and length 1, without its part along `taken`, a vector of length 1;
 * `null` where they do not vary. It is written to `vector`, which may be `values`. Loops rather
 * than array methods: a table takes a million of these.
 */
export function unitVector(
  values: Float64Array,
  taken: Float64Array | null,
  vector: Float64Array = new Float64Array(values.length),
): Float64Array | null {
  const size = values.length, first = values[0]!;
  let other = 1;
  while (other < size && values[other] === first) other++;
  if (!(other < size)) return null;
  let sum = 0, square = 0;
  for (let i = 0; i < size; i++) sum += values[i]! - first;
  const mean = sum / size;
  for (let i = 0; i < size; i++) {
    const value = values[i]! - first - mean;
    vector[i] = value;
    square += value * value;
  }
  let length = Math.sqrt(square);
  if (taken) {
    const whole = length, along = scalarProduct(vector, taken);
    for (let i = 0; i < size; i++) vector[i]! -= along * taken[i]!;
    length = Math.sqrt(scalarProduct(vector, vector));
    if (length <= ROUNDING * whole) return null;
  }
  for (let i = 0; i < size; i++) vector[i]! /= length;
  return vector;
}

/**
 * The interval of a correlation by Fisher's z transformation, in which it is nearly normal with
 * variance 1 / (points − 3 − variables taken out); Spearman's times 1 + r² / 2 (Bonett and Wright,
 * Psychometrika 2000). It takes 4 points, and one more for each variable taken out.
 */
export function correlationInterval(
  r: number,
  points: number,
  method: CorrelationMethod,
  controls: number,
  level: number,
): readonly [low: number, high: number] {
  const variance = (method === "spearman" ? 1 + r * r / 2 : 1) / (points - 3 - controls);
  const reach = statistics.normalQuantile((1 + level) / 2, 0, 1) * Math.sqrt(variance);
  const z = Math.atanh(r);
  return [Math.tanh(z - reach), Math.tanh(z + reach)];
}
