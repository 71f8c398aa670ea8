/** The sums over nodes that every spectrum is made of. */

import type { MassTable } from "../networks/mass_table.ts";
import { MomentKernel } from "./moment_kernel.ts";
import { NODE_BYTES, TERMS } from "./moment_layout.ts";

/** Sums over the selected nodes of a network, or of a part of one: those of two parts add up to those of both. */
export interface PartitionSums {
  /** `Z_q(r) = Σ_i p_i(r)^q`, row-major [radii × orders]. */
  readonly powers: Float64Array;
  /** `Σ_i ln M_i(r)` for every radius. */
  readonly logMasses: Float64Array;
}

/**
 * The sums as they are defined, one power at a time: what {@linkcode partitionSums} computes faster, and what tests hold it
 * against.
 */
export function plainPartitionSums(
  { radii, counts, selected }: MassTable,
  orders: Float64Array,
): PartitionSums {
  const powers = new Float64Array(radii.length * orders.length);
  const logMasses = new Float64Array(radii.length);
  for (let node = 0; node < selected.length; node++) {
    const own = counts.subarray(node * radii.length, (node + 1) * radii.length);
    const total = own.reduce((mass, count) => mass + count, 1);
    own.reduce((before, count, j) => {
      const mass = before + count;
      orders.forEach((q, o) => powers[j * orders.length + o]! += (mass / total) ** q);
      logMasses[j]! += Math.log(mass);
      return mass;
    }, 1);
  }
  return { powers, logMasses };
}

/** Exponents beyond this leave the range of doubles. */
const MOST_LOG = 700;

/**
 * Width of the cells on the axis of ln p for orders up to this; it is halved each time that orders are twice as far from 0. With |q|
 * times half a cell at most 0.375, the first term of the series that is left out is below 2e-17 of the sum.
 */
const WIDEST = 0.25, NEAR_ORDER = 3;

/** Counts that are brought near together: they stay in the second cache. */
const NEAR_COUNTS = 2 ** 15;

/** Made once and used again; sums are taken without a pause, so nobody else's come between. */
let kernel: MomentKernel | undefined;

/**
 * Sum powers and logarithms of the masses of all selected nodes at every radius.
 *
 * Powers `p^q = e^(q ln p)` are not taken one by one. The axis of ln p is cut into cells; at each radius a node adds the powers
 * `x^0 … x^13` of its distance x from the centre c of its cell, which do not depend on q, and
 * `Σ e^(q ln p) = Σ_cells e^(q c) Σ_k q^k / k! · Σ x^k` serves all orders. That is 14 multiplications a node and radius in place of
 * 61 powers; it agrees with the plain sum to a few units in the last place, exactly at q = 0 and at the largest radius. Nodes are
 * added in their order, so the same table gives the same bytes.
 */
export function partitionSums(masses: MassTable, orders: Float64Array): PartitionSums {
  const totals = totalMasses(masses);
  const largest = totals.reduce((most, total) => Math.max(most, total), 1);
  checkOrders(orders, largest);
  const logs = Float64Array.from({ length: largest + 1 }, (_, mass) => Math.log(mass));
  const powers = new Float64Array(masses.radii.length * orders.length);
  for (const [width, places] of ordersByWidth(orders)) {
    addPowers(masses, totals, logs, orders, places, width, powers);
  }
  return { powers, logMasses: sumLogMasses(masses, logs) };
}

/** Places of the orders that are near enough to 0 for each width of cells. */
function ordersByWidth(orders: Float64Array): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const [place, order] of orders.entries()) {
    let width = WIDEST;
    for (let near = NEAR_ORDER; Math.abs(order) > near; near *= 2) width /= 2;
    places.set(width, [...places.get(width) ?? [], place]);
  }
  return places;
}

/** Where things lie in the kernel's memory, in bytes. */
function layoutOf(nodes: number, radii: number, logs: number, cells: number, pairs: number) {
  const together = Math.min(nodes, Math.max(1, Math.floor(NEAR_COUNTS / radii)));
  const state = 8 * logs, counts = state + NODE_BYTES * nodes;
  const moments = 16 * Math.ceil((counts + 4 * together * radii) / 16);
  const factors = moments + 8 * TERMS * cells * radii;
  const centres = factors + 16 * TERMS * pairs, sums = centres + 16 * pairs * cells;
  return { together, state, counts, moments, factors, centres, sums, end: sums + 16 * pairs };
}

function addPowers(
  { radii: { length: radii }, counts }: MassTable,
  totals: Uint32Array,
  logs: Float64Array,
  orders: Float64Array,
  places: readonly number[],
  width: number,
  powers: Float64Array,
): void {
  const cells = Math.round(logs.at(-1)! / width) + 1, pairs = Math.ceil(places.length / 2);
  const at = layoutOf(totals.length, radii, logs.length, cells, pairs);
  kernel ??= new MomentKernel();
  kernel.reserve(at.end);
  const { bytes: { buffer } } = kernel;
  const doubles = new Float64Array(buffer), integers = new Uint32Array(buffer);
  doubles.set(logs);
  totals.forEach((total, node) => {
    integers[(at.state + NODE_BYTES * node) / 4] = 1;
    doubles[(at.state + NODE_BYTES * node) / 8 + 1] = logs[total]!;
  });
  doubles.fill(0, at.moments / 8, at.end / 8);
  const cellBytes = 8 * TERMS, radiusBytes = cellBytes * cells;
  for (let node = 0; node < totals.length; node += at.together) {
    const nodes = Math.min(at.together, totals.length - node), stride = 4 * radii;
    const state = at.state + NODE_BYTES * node;
    integers.set(counts.subarray(node * radii, (node + nodes) * radii), at.counts / 4);
    for (let j = 0; j < radii; j++) {
      const moments = at.moments + radiusBytes * j;
      kernel.add({ counts: at.counts + 4 * j, stride, nodes, state, logs: 0, moments, width });
    }
  }
  setFactors(doubles, at, Float64Array.from(places, (place) => orders[place]!), cells, width);
  const sums = doubles.subarray(at.sums / 8, at.sums / 8 + places.length);
  for (let j = 0; j < radii; j++) {
    sums.fill(0);
    for (let cell = 0; cell < cells; cell++) {
      const moments = at.moments + radiusBytes * j + cellBytes * cell;
      if (doubles[moments / 8] === 0) continue;
      const centres = at.centres + 16 * pairs * cell;
      kernel.evaluate({ moments, factors: at.factors, centres, sums: at.sums, pairs });
    }
    for (let o = 0; o < places.length; o++) powers[j * orders.length + places[o]!] = sums[o]!;
  }
}

/** Set what turns the moments of a cell into sums: `q^k / k!`, and the powers of every cell's centre. */
function setFactors(
  doubles: Float64Array,
  at: { readonly factors: number; readonly centres: number },
  orders: Float64Array,
  cells: number,
  width: number,
): void {
  const pairs = Math.ceil(orders.length / 2);
  orders.forEach((order, o) => {
    const own = at.factors / 8 + 2 * TERMS * (o >> 1) + o % 2;
    for (let term = 0, factor = 1; term < TERMS; factor *= order / ++term) {
      doubles[own + 2 * term] = factor;
    }
    for (let cell = 0; cell < cells; cell++) {
      doubles[at.centres / 8 + 2 * pairs * cell + o] = Math.exp(-order * cell * width);
    }
  });
}

function totalMasses({ radii, counts, selected }: MassTable): Uint32Array {
  const totals = new Uint32Array(selected.length).fill(1);
  for (let node = 0, k = 0; node < totals.length; node++) {
    for (let j = 0; j < radii.length; j++, k++) totals[node]! += counts[k]!;
  }
  return totals;
}

function checkOrders(orders: Float64Array, largest: number): void {
  if (orders.length === 0) throw new RangeError("There is no order q; give at least one");
  const furthest = MOST_LOG / Math.log(largest);
  for (const order of orders) {
    if (Math.abs(order) <= furthest) continue;
    throw new RangeError(
      `The order q = ${order} is out of reach for masses up to ${largest}; ` +
        `keep |q| at or below ${Math.floor(furthest)}`,
    );
  }
}

/** `Σ_i ln M_i(r)` over the selected nodes at every radius; `logs` are those known, by mass. */
export function sumLogMasses(
  { radii, counts, selected }: MassTable,
  logs: { [mass: number]: number } = [],
): Float64Array {
  const sums = new Float64Array(radii.length);
  for (let node = 0, k = 0; node < selected.length; node++) {
    for (let j = 0, mass = 1; j < sums.length; j++, k++) {
      mass += counts[k]!;
      sums[j]! += logs[mass] ??= Math.log(mass);
    }
  }
  return sums;
}
