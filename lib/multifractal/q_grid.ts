/** The orders q at which a spectrum is taken. */
import { uniformGrid } from "./uniform_grid.ts";

/** A uniform grid of orders from `min` to `max` inclusive. */
export interface QGrid {
  /** First order. */
  readonly min: number;
  /** Last order. */
  readonly max: number;
  /** Distance between neighbours, above 0; it divides `max − min`. */
  readonly step: number;
}

/**
 * The published grid: −3 to 3 in steps of 0.1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DEFAULT_Q, qGrid } from "neuromfa";
 *
 * assert.deepEqual(qGrid(), qGrid(DEFAULT_Q));
 * ```
 */
export const DEFAULT_Q: QGrid = Object.freeze({ min: -3, max: 3, step: 0.1 });

/**
 * List the orders of a uniform grid. Every value is the double nearest to its decimal, so 0 is exactly 0
 * and 0.3 is the same number as written in a program.
 *
 * @param grid First and last order and the step between; −3 to 3 by 0.1 unless given.
 * @returns The orders, ascending.
 * @throws {RangeError} If the grid is not finite, not ascending, does not end at `max`, or is longer than 10,001.
 *
 * @example
 * ```ts
 * import { deepEqual, equal } from "node:assert/strict";
 * import { qGrid } from "neuromfa";
 *
 * deepEqual([...qGrid({ min: -0.2, max: 0.3, step: 0.1 })], [-0.2, -0.1, 0, 0.1, 0.2, 0.3]);
 * equal(qGrid().length, 61);
 * ```
 */
export function qGrid(grid: QGrid = DEFAULT_Q): Float64Array {
  return uniformGrid(grid, "q grid", "orders");
}
