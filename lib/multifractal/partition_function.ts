/** The partition function of a network's masses. */
import type { MassTable } from "../networks/mass_table.ts";
import { relativeLogRadii } from "./relative_log_radii.ts";

/** `ln Z_q(r)` for every order and radius. */
export interface PartitionFunction {
  /** Orders, in the order asked for. */
  readonly q: Float64Array;
  /** Radii, ascending. */
  readonly radii: Float64Array;
  /** `ln(r / d)` for every radius, d being the largest. */
  readonly logRadii: Float64Array;
  /** `ln Z_q(r)`, row-major [orders × radii]. */
  readonly logZ: Float64Array;
}

/** Exponents beyond this leave the range of doubles. */
const MOST_LOG = 700;

/**
 * Compute `ln Z_q(r)` with `Z_q(r) = Σ_i p_i(r)^q`, the sum over the selected nodes of their normalised
 * masses `p_i(r) = M_i(r) / M_i(d)` (Xiao et al., ICLR 2025, arXiv 2402.09099).
 *
 * Masses are integers, so nodes are grouped by their total mass `M_i(d)` and, within a group and radius, by
 * `M_i(r)`: every distinct pair is summed once, always in ascending order, whoever computes it.
 *
 * @param masses The masses of the selected nodes.
 * @param q Orders, sorted or not.
 * @returns ln Z for every order and radius.
 * @throws {RangeError} If no node is selected, there is no order, or an order is not finite or so large that
 * powers of the masses leave the range of doubles.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { partitionFunction } from "neuromfa";
 *
 * const { logZ } = partitionFunction({
 *   radii: Float64Array.of(2, 5),
 *   counts: Uint32Array.of(1, 2, 3, 0), // masses 2, 4 of one node and 4, 4 of the other
 *   selected: Uint32Array.of(0, 1),
 *   nodes: 2,
 *   edges: 6,
 * }, [0, 1]);
 * deepEqual([...logZ], [Math.log(2), Math.log(2), Math.log(1.5), Math.log(2)]);
 * ```
 */
export function partitionFunction(masses: MassTable, q: ArrayLike<number>): PartitionFunction {
  const { radii, counts } = masses;
  const orders = Float64Array.from(q), width = orders.length;
  const groups = nodesByTotal(masses);
  const largest = groups.at(-1)?.total;
  if (largest === undefined) {
    throw new RangeError(
      "The mass table has no selected node; lower minimumEdges or raise the threshold.",
    );
  }
  checkOrders(orders, largest);
  const powers = powerTable(largest, orders);
  const sums = new Float64Array(radii.length * width);
  const inner = new Float64Array(width);
  const rows = new Int32Array(largest + 1), times = new Float64Array(largest + 1);
  for (const { total, nodes } of groups) {
    const histogram = new Uint32Array(radii.length * (total + 1));
    const lowest = new Uint32Array(radii.length).fill(total);
    const highest = new Uint32Array(radii.length);
    for (const node of nodes) {
      let mass = 1;
      for (let j = 0, k = node * radii.length, h = 0; j < radii.length; j++, k++, h += total + 1) {
        mass += counts[k]!;
        histogram[h + mass]!++;
        if (mass < lowest[j]!) lowest[j] = mass;
        if (mass > highest[j]!) highest[j] = mass;
      }
    }
    for (let j = 0; j < radii.length; j++) {
      let distinct = 0;
      for (let mass = lowest[j]!; mass <= highest[j]!; mass++) {
        const found = histogram[j * (total + 1) + mass]!;
        if (found === 0) continue;
        rows[distinct] = mass * width;
        times[distinct++] = found;
      }
      sumPowers(inner, powers, rows, times, distinct);
      for (let o = 0, s = j * width; o < width; o++, s++) {
        sums[s]! += inner[o]! / powers[total * width + o]!;
      }
    }
  }
  const logZ = new Float64Array(width * radii.length);
  for (let j = 0, s = 0; j < radii.length; j++) {
    for (let o = 0; o < width; o++, s++) logZ[o * radii.length + j] = Math.log(sums[s]!);
  }
  return { q: orders, radii, logRadii: relativeLogRadii(radii), logZ };
}

/** Set `sums` to the sum of `times[i]` times the row of `table` that begins at `rows[i]`, two rows a pass. */
function sumPowers(
  sums: Float64Array,
  table: Float64Array,
  rows: Int32Array,
  times: Float64Array,
  count: number,
): void {
  sums.fill(0);
  for (let i = 0; i < count; i += 2) {
    // An odd last row is paired with itself, none times.
    const even = rows[i]!, evenTimes = times[i]!, paired = i + 1 < count;
    const odd = paired ? rows[i + 1]! : even, oddTimes = paired ? times[i + 1]! : 0;
    for (let o = 0; o < sums.length; o++) {
      sums[o]! += evenTimes * table[even + o]! + oddTimes * table[odd + o]!;
    }
  }
}

/** Rows of the mass table by the node's total mass, totals ascending. */
function nodesByTotal(
  { radii, counts, selected }: MassTable,
): { total: number; nodes: number[] }[] {
  const groups = new Map<number, number[]>();
  for (let node = 0; node < selected.length; node++) {
    let total = 1;
    for (let k = node * radii.length; k < (node + 1) * radii.length; k++) total += counts[k]!;
    const group = groups.get(total);
    if (group) group.push(node);
    else groups.set(total, [node]);
  }
  return [...groups].map(([total, nodes]) => ({ total, nodes })).sort((a, b) => a.total - b.total);
}

/** `mass^q` for every mass from 0 to `largest`, row-major [masses × orders]. */
function powerTable(largest: number, orders: Float64Array): Float64Array {
  const table = new Float64Array((largest + 1) * orders.length);
  for (let mass = 1, k = orders.length; mass <= largest; mass++) {
    for (let o = 0; o < orders.length; o++, k++) table[k] = Math.pow(mass, orders[o]!);
  }
  return table;
}

function checkOrders(orders: Float64Array, largest: number): void {
  if (orders.length === 0) throw new RangeError("There is no order q; give at least one.");
  const furthest = MOST_LOG / Math.log(largest);
  for (const order of orders) {
    if (Math.abs(order) <= furthest) continue;
    throw new RangeError(
      `The order q = ${order} is out of reach for masses up to ${largest}; ` +
        `keep |q| at or below ${Math.floor(furthest)}.`,
    );
  }
}
