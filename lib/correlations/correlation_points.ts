/** Two series over training as points to correlate, in three ways. */

import type {
  CorrelationMethod,
  CorrelationPoints,
} from "../statistics/correlation_coefficient.ts";
import { monotoneTrend } from "../statistics/monotone_trend.ts";
import { columnName, keyOfColumn } from "../files/column_name.ts";
import { shownName, someNames } from "../messages/shown.ts";
import { nearestName } from "../messages/nearest_name.ts";

/**
 * What is correlated: the values (`"levels"`), their changes from one step to the next
 * (`"differences"`), or the values with a trend taken out of both (`"partial"`).
 */
export type CorrelationVariant = "levels" | "differences" | "partial";

/**
 * The trend that is taken out: what goes along with ln(step + 1) (`"time"`), or the nearest rising
 * or falling series of each of both (`"monotone"`), at the points that neither trend goes through.
 */
export type Detrending = "time" | "monotone";

/** Two series of one value a step, at the same steps, in ascending order. */
export type PairedSeries = Readonly<Record<"steps" | "x" | "y", readonly number[]>>;

/**
 * Which part of a series' largest value a difference of it may be wrong by, at the very most: 2⁻⁴⁰.
 */
const ROUNDING = 2 ** -40;

/** The points of a variant. */
export function correlationPoints(
  { steps, x, y }: PairedSeries,
  variant: CorrelationVariant,
  method: CorrelationMethod,
  detrend: Detrending = "time",
): CorrelationPoints {
  if (variant === "differences") {
    return { x: differences(x, method), y: differences(y, method), control: null };
  }
  if (variant === "partial" && detrend === "monotone") return besideMonotoneTrends(x, y);
  const control = variant === "partial" ? trainingTime(steps) : null;
  return { x: Float64Array.from(x), y: Float64Array.from(y), control };
}

/** ln(step + 1). */
export function trainingTime(steps: readonly number[]): Float64Array {
  return Float64Array.from(steps, Math.log1p);
}

/**
 * What monotone trends leave of both, at the points where they leave something: elsewhere the trend
 * is the value.
 */
function besideMonotoneTrends(x: readonly number[], y: readonly number[]): CorrelationPoints {
  const [restOfX, restOfY] = [x, y].map((values) =>
    withoutMonotoneTrend(Float64Array.from(values))
  );
  const isLeft = (_: number, i: number) => restOfX![i] !== 0 && restOfY![i] !== 0;
  return { x: restOfX!.filter(isLeft), y: restOfY!.filter(isLeft), control: null };
}

/** Values less their monotone trend; what rounding leaves is 0. */
export function withoutMonotoneTrend(values: Float64Array): Float64Array {
  const trend = monotoneTrend(values), unit = ROUNDING * Math.max(...values.map(Math.abs));
  return values.map((value, i) => Math.abs(value - trend[i]!) <= unit ? 0 : value - trend[i]!);
}

/**
 * Changes from one value to the next; those that differ by rounding alone are made equal where that
 * matters.
 */
function differences(values: readonly number[], method: CorrelationMethod): Float64Array {
  const exact = Float64Array.from(values.slice(1), (value, i) => value - values[i]!);
  const unit = ROUNDING * Math.max(...values.map(Math.abs));
  if (unit === 0) return exact;
  const rounded = exact.map((value) => Math.round(value / unit) * unit);
  const isConstant = rounded.every((value) => value === rounded[0]);
  return method === "spearman" || isConstant ? rounded : exact;
}

/** Values by step; `null` or NaN where one is missing. */
export type ValuesByStep = ReadonlyMap<number, number | null>;

/** The steps at which both have a value. */
export interface PairedSteps extends PairedSeries {
  /** How many other steps either table has. */
  readonly leftOut: number;
}

/** Pair two series by step; steps that only one of them has are refused and listed, or left out. */
export function pairSteps(
  [x, y]: readonly [ValuesByStep, ValuesByStep],
  names: readonly [string, string],
  unmatched: "refuse" | "leave out",
): PairedSteps {
  const all = [...new Set([...x.keys(), ...y.keys()])].sort((a, b) => a - b);
  const onlyX = all.filter((step) => !y.has(step)), onlyY = all.filter((step) => !x.has(step));
  if (unmatched === "refuse" && onlyX.length + onlyY.length > 0) {
    const lists = [[names[0], onlyX] as const, [names[1], onlyY] as const]
      .filter(([, steps]) => steps.length > 0)
      .map(([name, steps]) => `only ${name} has ${stepList(steps)}`);
    throw new RangeError(
      `${names[0]} and ${names[1]} are not of the same steps: ${lists.join(", and ")}; ` +
        'choose steps that both have, or leave out { unmatched: "refuse" }: then they are counted as left out',
    );
  }
  const steps = all.filter((step) => isMeasured(x.get(step)) && isMeasured(y.get(step)));
  const values = (series: ValuesByStep) => steps.map((step) => series.get(step)!);
  return { steps, x: values(x), y: values(y), leftOut: all.length - steps.length };
}

function isMeasured(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function stepList(steps: readonly number[]): string {
  return `${steps.length === 1 ? "step" : "steps"} ${someNames(steps.map(String))}`;
}

/** A column of a table of one row a step, by its name in a table or its key in rows. */
export function columnByStep(
  rows: readonly { readonly step: number }[],
  column: string,
): ValuesByStep {
  const [first] = rows;
  if (first === undefined) {
    throw new RangeError(`there is no row with a ${shownName(column)} to correlate`);
  }
  const key = column in first ? column : keyOfColumn(column);
  if (!(key in first)) {
    const known = Object.keys(first).filter((name) => name !== "step").map(columnName);
    throw new TypeError(
      `the table has no column "${shownName(column)}"; did you mean ` +
        `"${shownName(nearestName(column, known))}"?`,
    );
  }
  return valuesByStep(rows, columnName(column), key);
}

/** The values of a column by step; a notebook's tables are of no checked type. */
export function valuesByStep(
  rows: readonly { readonly step: number }[],
  name: string,
  column: string,
): ValuesByStep {
  const values = new Map<number, number | null>();
  for (const row of rows) {
    const { step } = row, value = (row as Readonly<Record<string, unknown>>)[column];
    if (!Number.isSafeInteger(step) || step < 0) {
      throw new TypeError(
        `a row of ${shownName(name)} has the step ${step}, which is no whole number from 0`,
      );
    }
    if (values.has(step)) throw new RangeError(`${shownName(name)} has step ${step} twice`);
    if (value !== null && typeof value !== "number") {
      throw new TypeError(
        `${shownName(name)} at step ${step} is ${typeof value}, not a number or null`,
      );
    }
    values.set(step, value);
  }
  return values;
}
