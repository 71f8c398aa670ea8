/** The radius at which boxes begin to grow. */
import type { MassTable } from "./mass_table.ts";

/**
 * The smallest radius of a mass table, and how many edges of selected nodes have it: the leftmost point of every fit,
 * which may hang on a single edge.
 *
 * @param masses The masses of a network.
 * @throws {RangeError} If the table has no radius.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { smallestRadius } from "neuromfa";
 *
 * const masses = {
 *   radii: Float64Array.of(2, 5),
 *   counts: Uint32Array.of(0, 6, 1, 12),
 *   selected: Uint32Array.of(0, 1),
 *   nodes: 2,
 *   edges: 19,
 * };
 * assert.deepEqual(smallestRadius(masses), { radius: 2, edges: 1 });
 * ```
 */
export function smallestRadius({ radii, counts }: MassTable): { radius: number; edges: number } {
  const radius = radii[0];
  if (radius === undefined) {
    throw new RangeError("no node has enough edges within the threshold; raise it");
  }
  let edges = 0;
  for (let first = 0; first < counts.length; first += radii.length) edges += counts[first]!;
  return { radius, edges };
}
