/** Radii that are the same for every network, whatever lengths occur in it. */
import type { MassTable } from "../networks/mass_table.ts";
import { uniformGrid } from "./uniform_grid.ts";

/** The radii of every fit, from `min` to `max` inclusive. */
export interface FixedRadii {
  /** Smallest radius, above 0. */
  readonly min: number;
  /** Largest radius: boxes grow no further, so it is the diameter d. */
  readonly max: number;
  /** Distance between neighbours, above 0, which divides `max − min`; 1 unless given. */
  readonly step?: number;
}

/**
 * The values of a range of radii.
 *
 * @throws {RangeError} If they do not ascend evenly from above 0.
 */
export function radiiOf({ min, max, step = 1 }: FixedRadii): Float64Array {
  const radii = uniformGrid({ min, max, step }, "range of radii", "radii");
  if (min > 0) return radii;
  throw new RangeError(`The smallest radius must be above 0, but it is ${min}.`);
}

/**
 * Measure the same boxes at fixed radii. As published, every rounded length that occurs anywhere in a network is a point
 * of its fits, so one new short edge adds a point far to the left and moves every slope; at fixed radii it adds one to
 * the mass of one node.
 *
 * @param masses The masses of a network, from box growing.
 * @param radii Smallest and largest radius, and the step between.
 * @returns The masses of the same nodes at those radii: lengths up to the smallest radius belong to it, and those above
 * the largest are left out.
 * @throws {RangeError} If the radii do not ascend evenly from above 0.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { massesAtRadii } from "neuromfa";
 *
 * const masses = massesAtRadii({
 *   radii: Float64Array.of(2, 5, 9),
 *   counts: Uint32Array.of(1, 6, 3),
 *   selected: Uint32Array.of(0),
 *   nodes: 1,
 *   edges: 10,
 * }, { min: 4, max: 6 });
 * deepEqual([...masses.radii], [4, 5, 6]);
 * deepEqual([...masses.counts], [1, 6, 0]);
 * ```
 */
export function massesAtRadii(masses: MassTable, range: FixedRadii): MassTable {
  const radii = radiiOf(range);
  const column = Array.from(masses.radii, (radius) => radii.findIndex((own) => own >= radius));
  const counts = new Uint32Array(masses.selected.length * radii.length);
  for (let node = 0, k = 0; node < masses.selected.length; node++) {
    for (let j = 0; j < column.length; j++, k++) {
      if (column[j]! >= 0) counts[node * radii.length + column[j]!]! += masses.counts[k]!;
    }
  }
  return { ...masses, radii, counts };
}
