/** A quantity and a score at the same steps, with no row lost in silence. */
import { someNames } from "../messages/some_names.ts";
import type { PairedSeries } from "./correlation_points.ts";

/** Values by step; `null` or NaN where one is missing. */
export type ValuesByStep = ReadonlyMap<number, number | null>;

/** The steps at which both have a value. */
export interface PairedSteps extends PairedSeries {
  /** How many other steps either table has. */
  readonly leftOut: number;
}

/**
 * Pair two series by step.
 *
 * @param names What they are called, for the message.
 * @param unmatched Whether steps that only one of them has are refused or left out.
 * @throws {RangeError} If such steps are refused and there are some: they are listed.
 */
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
        'choose steps that both have, or pass { unmatched: "leave out" }, which counts them as left out.',
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
