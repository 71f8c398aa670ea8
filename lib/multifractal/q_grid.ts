/** The orders q at which a spectrum is taken. */

import { DEFAULT_Q, type QGrid } from "../options/values.ts";

/**
 * List the orders of a uniform grid. Every value is the double nearest to its decimal, so 0 is exactly 0
 * and 0.3 is the same number as written in a program.
 *
 * @param grid First and last order and the step between; −3 to 3 by 0.1 unless given.
 * @throws {RangeError} If the grid is not finite, not ascending, does not end at `max`, or is longer than 10,001.
 *
 * @example
 * ```ts
 * import { deepEqual, equal } from "node:assert/strict";
 * import { qGrid } from "neuromfa/multifractal";
 *
 * deepEqual([...qGrid({ min: -0.2, max: 0.3, step: 0.1 })], [-0.2, -0.1, 0, 0.1, 0.2, 0.3]);
 * equal(qGrid().length, 61);
 * ```
 */
export function qGrid(grid: QGrid = DEFAULT_Q): Float64Array {
  return uniformGrid(grid, "q grid", "orders");
}

const MOST_VALUES = 10_001;
const MOST_DECIMALS = 12;

/** The values of a uniform grid, each the double nearest to its decimal; messages say `name`. */
export function uniformGrid(
  { min, max, step }: { readonly min: number; readonly max: number; readonly step: number },
  name: string,
  values: string,
): Float64Array {
  const named = `${name} ${min}:${max}:${step}`;
  if (![min, max, step].every(Number.isFinite)) {
    throw new RangeError(`The ${named} is not finite; give three finite numbers min, max, step`);
  }
  if (!(step > 0 && max > min)) {
    throw new RangeError(`The ${named} does not ascend; give min < max and a step above 0`);
  }
  const intervals = Math.round((max - min) / step);
  if (intervals < 1 || Math.abs((max - min) / step - intervals) > 1e-9 * intervals) {
    throw new RangeError(`The ${named} does not end at ${max}; choose a step that divides it`);
  }
  if (intervals >= MOST_VALUES) {
    throw new RangeError(
      `The ${named} has ${intervals + 1} ${values}, more than ${MOST_VALUES}; choose a larger step`,
    );
  }
  // The smallest power of ten that makes both numbers integers, if one does.
  const scale = Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) => 10 ** decimals)
    .find((scale) => [min, step].every((value) => Math.round(value * scale) / scale === value));
  return Float64Array.from({ length: intervals + 1 }, (_, i) => {
    const value = min + i * step;
    return (scale === undefined ? value : Math.round(value * scale) / scale) + 0;
  });
}
