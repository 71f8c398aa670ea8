/** The sums over nodes that every spectrum is made of. */
import type { MassTable } from "../networks/mass_table.ts";

/** Sums over the selected nodes of a network, or of a part of one: those of two parts add up to those of both. */
export interface PartitionSums {
  /** `Z_q(r) = Σ_i p_i(r)^q`, row-major [radii × orders]. */
  readonly powers: Float64Array;
  /** `Σ_i ln M_i(r)` for every radius. */
  readonly logMasses: Float64Array;
}

/** Exponents beyond this leave the range of doubles. */
const MOST_LOG = 700;

/**
 * Sum powers and logarithms of the masses of all selected nodes at every radius.
 *
 * Masses are integers, so nodes are grouped by their total mass `M_i(d)` and, within a group and radius, by
 * `M_i(r)`: every distinct pair is summed once, always in ascending order, whoever computes it.
 *
 * @param masses The masses of the selected nodes.
 * @param orders Orders q.
 * @throws {RangeError} If there is no order, or an order is not finite or so large that powers of the masses leave the range
 * of doubles.
 */
export function partitionSums(masses: MassTable, orders: Float64Array): PartitionSums {
  const { radii, counts } = masses;
  const width = orders.length;
  const groups = nodesByTotal(masses);
  const largest = groups.at(-1)?.total ?? 1;
  checkOrders(orders, largest);
  const table = powerTable(largest, orders);
  const powers = new Float64Array(radii.length * width), logMasses = new Float64Array(radii.length);
  const logs = Float64Array.from({ length: largest + 1 }, (_, mass) => Math.log(mass));
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
        logMasses[j]! += found * logs[mass]!;
        rows[distinct] = mass * width;
        times[distinct++] = found;
      }
      sumPowers(inner, table, rows, times, distinct);
      for (let o = 0, s = j * width; o < width; o++, s++) {
        powers[s]! += inner[o]! / table[total * width + o]!;
      }
    }
  }
  return { powers, logMasses };
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
