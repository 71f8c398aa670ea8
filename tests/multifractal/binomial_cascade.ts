/** A measure whose exponents are known. */

import type { MassTable } from "../../lib/networks/mass_table.ts";

/** Times that the unit interval is halved. */
const LEVELS = 5;

/**
 * The binomial measure with shares 1/4 and 3/4 after five halvings, as masses of growing boxes: a box of radius `2^j`
 * around a cell is the cell's ancestor of that size, of mass `4^j · 3^(ones among the digits that lead to it)`.
 *
 * @param centres `"even"` takes each cell once; `"by measure"` as often as its share of the measure, which is how the
 * sandbox method chooses centres.
 */
export function binomialCascade(centres: "even" | "by measure"): MassTable {
  const counts: number[] = [];
  for (let cell = 0; cell < 2 ** LEVELS; cell++) {
    const row: number[] = [];
    let before = 1;
    for (let j = 0; j <= LEVELS; j++) {
      const mass = 4 ** j * 3 ** ones(cell >> j);
      row.push(mass - before);
      before = mass;
    }
    const times = centres === "even" ? 1 : 3 ** ones(cell);
    for (let i = 0; i < times; i++) counts.push(...row);
  }
  const nodes = counts.length / (LEVELS + 1);
  return {
    radii: Float64Array.from({ length: LEVELS + 1 }, (_, j) => 2 ** j),
    counts: Uint32Array.from(counts),
    selected: Uint32Array.from({ length: nodes }, (_, i) => i),
    nodes,
    edges: counts.reduce((sum, count) => sum + count, 0),
  };
}

/** tau(q) of the binomial measure by box counting, from its definition. */
export function binomialTau(q: number): number {
  return -Math.log2(0.25 ** q + 0.75 ** q);
}

/** alpha(q) = tau'(q). */
export function binomialAlpha(q: number): number {
  const [low, high] = [0.25 ** q, 0.75 ** q];
  return -(low * Math.log2(0.25) + high * Math.log2(0.75)) / (low + high);
}

function ones(digits: number): number {
  return digits.toString(2).replaceAll("0", "").length;
}
