/** Two series over training as points to correlate, in three ways. */
import type { CorrelationMethod, CorrelationPoints } from "./correlation_coefficient.ts";

/**
 * What is correlated: the values (`"levels"`), their changes from one step to the next (`"differences"`), or the values
 * with what goes along with ln(step + 1) taken out of both (`"partial"`).
 */
export type CorrelationVariant = "levels" | "differences" | "partial";

/** Two series at the same steps, in ascending order. */
export interface PairedSeries {
  /** Training steps. */
  readonly steps: readonly number[];
  /** One value a step. */
  readonly x: readonly number[];
  /** One value a step. */
  readonly y: readonly number[];
}

/** Which part of a series' largest value a difference of it may be wrong by, at the very most: 2⁻⁴⁰. */
const ROUNDING = 2 ** -40;

/** The points of a variant. */
export function correlationPoints(
  { steps, x, y }: PairedSeries,
  variant: CorrelationVariant,
  method: CorrelationMethod,
): CorrelationPoints {
  if (variant === "differences") {
    return { x: differences(x, method), y: differences(y, method), control: null };
  }
  const control = variant === "partial" ? trainingTime(steps) : null;
  return { x: Float64Array.from(x), y: Float64Array.from(y), control };
}

/** ln(step + 1). */
export function trainingTime(steps: readonly number[]): Float64Array {
  return Float64Array.from(steps, Math.log1p);
}

/**
 * Changes from one value to the next. Those that differ by rounding alone are made equal where that matters: among
 * ranks, and where all are equal.
 */
function differences(values: readonly number[], method: CorrelationMethod): Float64Array {
  const exact = Float64Array.from(values.slice(1), (value, i) => value - values[i]!);
  const unit = ROUNDING * Math.max(...values.map(Math.abs));
  if (unit === 0) return exact;
  const rounded = exact.map((value) => Math.round(value / unit) * unit);
  const isConstant = rounded.every((value) => value === rounded[0]);
  return method === "spearman" || isConstant ? rounded : exact;
}
