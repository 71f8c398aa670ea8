/** Radii that are the same for every network, whatever lengths occur in it. */

import type { MassTable } from "../networks/mass_table.ts";
import type { FixedRadii } from "../options/values.ts";
import { uniformGrid } from "./q_grid.ts";
import type { BoxOptions } from "../networks/box_options.ts";
import { roundHalfEven } from "../numpy/round_half_even.ts";

/** The values of a range of radii. */
export function radiiOf({ min, max, step = 1 }: FixedRadii): Float64Array {
  const radii = uniformGrid({ min, max, step }, "range of radii", "radii");
  if (min > 0) return radii;
  throw new RangeError(`The smallest radius must be above 0, but it is ${min}`);
}

/**
 * Measure the same boxes at fixed radii. As published, every rounded length that occurs anywhere in a network is a point
 * of its fits, so one new short edge adds a point far to the left and moves every slope; at fixed radii it adds one to
 * the mass of one node.
 *
 * @returns The masses of the same nodes at those radii: lengths up to the smallest radius belong to it, and those above
 * the largest are left out.
 * @throws {RangeError} If the radii do not ascend evenly from above 0.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { massesAtRadii } from "neuromfa/multifractal";
 *
 * const masses = massesAtRadii({
 *   radii: Float64Array.of(2, 5, 9), counts: Uint32Array.of(1, 6, 3),
 *   selected: Uint32Array.of(0), nodes: 1, edges: 10,
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

/**
 * The bins whose sums are those of fixed radii: at each radius that of the longest rounded length
 * that is no longer. Radii must end at the threshold, up to which masses are whole.
 */
export function binsOfRadii(
  range: FixedRadii,
  { threshold, digits }: Pick<BoxOptions, "threshold" | "digits">,
): { bins: number[]; radii: Float64Array } {
  const scale = 10 ** digits, radii = radiiOf(range);
  const bins = Array.from(radii, (radius) => {
    const near = Math.round(radius * scale);
    return near / scale > radius ? near - 1 : near;
  });
  if (bins.at(-1) === roundHalfEven(threshold * scale)) return { bins, radii };
  throw new RangeError(
    `The radii of a full network must end at the threshold ${threshold}, up to which its parts are counted, but ` +
      `they end at ${range.max}; give that as the threshold`,
  );
}
