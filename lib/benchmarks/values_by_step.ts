/** From the rows of a table to values by step. */
import { nearestName } from "../names/nearest_name.ts";
import type { ValuesByStep } from "./pair_steps.ts";
import { shownName } from "../messages/shown_name.ts";

/**
 * A column of a table of one row a step.
 *
 * @throws {TypeError} If there is no such column, or it holds anything but numbers and `null`.
 * @throws {RangeError} If there is no row, or two of one step.
 */
export function columnByStep(
  rows: readonly { readonly step: number }[],
  column: string,
): ValuesByStep {
  const [first] = rows;
  if (first === undefined) {
    throw new RangeError(`there is no row with a ${shownName(column)} to correlate`);
  }
  if (!(column in first)) {
    const known = Object.keys(first).filter((name) => name !== "step");
    throw new TypeError(
      `the table has no column "${shownName(column)}"; did you mean "${
        shownName(nearestName(column, known))
      }"?`,
    );
  }
  return valuesByStep(rows, column, column);
}

/**
 * The values of a column by step; a notebook's tables are of no checked type.
 *
 * @param name What to call them in messages.
 * @throws {TypeError} If a step is no whole number from 0, or a value neither a number nor `null`.
 * @throws {RangeError} If two rows are of one step.
 */
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
