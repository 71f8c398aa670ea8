/** The scales of a radar and where values stand on them. */

import type { BenchmarkScore } from "../../scores/suite_scores.ts";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";

/** Where a value and its interval stand on a spoke: 0 is the centre, 1 the outermost ring. */
export interface RadarReading {
  readonly radius: number;
  readonly low: number;
  readonly high: number;
}

/** One quantity of a radar. */
export interface RadarSpoke {
  /** Its name. */
  readonly name: string;
  /** What the centre and the outermost ring stand for, e.g. `0.00 to 1.00`. */
  readonly range: string;
  /** Its readings at the steps to draw. */
  readonly readings: ReadonlyMap<number, RadarReading>;
}

/** A value with its interval. */
interface Value {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * E and every metric as spokes, each scaled by its values at all steps that have an E.
 *
 * @throws {RangeError} If there is no step or score, or a step lacks an E or a score.
 */
export function radarSpokes(
  model: string,
  emergence: readonly EmergenceRow[],
  scores: readonly BenchmarkScore[],
  steps: readonly number[],
): RadarSpoke[] {
  if (steps.length === 0) throw new RangeError(`no step of ${model} to draw; pass at least one`);
  if (scores.length === 0) throw new RangeError(`${model} has no score to draw E beside`);
  const rows = emergence.filter(({ E }) => !Number.isNaN(E));
  const withE = new Set(rows.map(({ step }) => step));
  const ofE = rows.map(({ step, E, eLow, eHigh }) =>
    [step, { value: E, low: orElse(eLow, E), high: orElse(eHigh, E) }] as const
  );
  const metrics = [...Map.groupBy(scores, ({ metric }) => metric)].map(([metric, own]) => ({
    name: metric,
    values: new Map(
      own.filter(({ step }) => withE.has(step)).map(({ step, value, stderr }) =>
        [step, { value, low: value - stderr, high: value + stderr }] as const
      ),
    ),
  }));
  return [{ name: "E", values: new Map(ofE) }, ...metrics].map(({ name, values }) => {
    for (const step of steps) {
      if (values.has(step)) continue;
      throw new RangeError(
        `step ${step} of ${model} has no ${name}; steps with one: ${[...values.keys()].join(", ")}`,
      );
    }
    return spoke(name, values, steps);
  });
}

function spoke(
  name: string,
  values: ReadonlyMap<number, Value>,
  steps: readonly number[],
): RadarSpoke {
  const all = [...values.values()].map(({ value }) => value);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  // A bar that ran through the centre would come out on the other side, as another spoke's.
  const radius = (value: number) =>
    most > least ? Math.max(0, (value - least) / (most - least)) : 0;
  const readings = steps.map((step) => {
    const { value, low, high } = values.get(step)!;
    return [step, { radius: radius(value), low: radius(low), high: radius(high) }] as const;
  });
  const range = most > least ? `${shown(least)} to ${shown(most)}` : `always ${shown(least)}`;
  return { name, range, readings: new Map(readings) };
}

/** Two decimals, with a real minus. */
function shown(value: number): string {
  return value.toFixed(2).replace(/^-(?=0\.00$)/, "").replace("-", "−");
}

/** An end of an interval; one that one sample doesn't give is the value itself. */
function orElse(end: number, value: number): number {
  return Number.isNaN(end) ? value : end;
}
