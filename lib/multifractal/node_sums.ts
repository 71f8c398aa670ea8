/** The sums over nodes that every spectrum is made of, in one pass over their histograms. */

import { MomentKernel } from "./moment_kernel.ts";
import { NODE_BYTES, TERMS } from "./moment_layout.ts";

/**
 * Sums over the selected nodes of a network, or of a part of one: those of two parts add up to
 * those of both.
 */
export interface PartitionSums {
  /** `Z_q(r) = Σ_i p_i(r)^q`, row-major [radii × orders]. */
  readonly powers: Float64Array;
  /** `Σ_i ln M_i(r)` for every radius. */
  readonly logMasses: Float64Array;
}

/** How many edges each node has at each radius. */
export interface NodeHistograms {
  /** Row-major [nodes × columns]. */
  readonly counts: Uint32Array;
  readonly nodes: number;
  readonly columns: number;
  /** How many of the columns, the first ones, are radii. */
  readonly radii: number;
  /** Nodes with more edges than this are selected. */
  readonly minimumEdges: number;
}

/** Everything that is summed over nodes; powers and logarithms at some of the radii. */
export interface NodeSums {
  /** Edges of each node, selected or not, at all radii together. */
  readonly edges: Uint32Array;
  /** Edges of the selected nodes at each radius. */
  readonly edgesAt: Float64Array;
  /**
   * The columns of those radii; from one to the next nothing changes, see {@linkcode atAllRadii}.
   */
  readonly columns: Uint32Array;
  /** As in {@linkcode PartitionSums}, a row for each of those radii. */
  readonly powers: Float64Array;
  readonly logMasses: Float64Array;
}

/** Exponents beyond this leave the range of doubles. */
const MOST_LOG = 700;

/**
 * Width of the cells on the axis of ln p for orders up to this; it is halved each time that orders
 * are twice as far from 0. With |q| times half a cell at most 0.375, the first term of the series
 * that is left out is below 2e-17 of the sum.
 */
const WIDEST = 0.25, NEAR_ORDER = 3;

/**
 * Counts that the kernel holds at once (16 MiB), and radii that a node follows before the next node
 * does: their moments stay in the second cache.
 */
const HELD_COUNTS = 2 ** 22, NEAR_RADII = 128;

/** Made once and used again; sums are taken without a pause, so nobody else's come between. */
let kernel: MomentKernel | undefined;

/** Logarithms of whole numbers, as many as were needed so far. */
let logs = new Float64Array();

/** Logarithms of the whole numbers up to a mass, and maybe further, by number. */
export function logsUpTo(mass: number): Float64Array {
  if (mass < logs.length) return logs;
  const before = logs;
  logs = new Float64Array(Math.max(2 * before.length, mass + 1));
  logs.set(before);
  for (let m = before.length; m < logs.length; m++) logs[m] = Math.log(m);
  return logs;
}

/**
 * Select nodes, and sum edges, powers and logarithms of their masses at every radius.
 *
 * Powers `p^q = e^(q ln p)` are not taken one by one. The axis of ln p is cut into cells; at each
 * radius a node adds the powers `x^0 … x^13` of its distance x from the centre c of its cell, which
 * do not depend on q, and `Σ e^(q ln p) = Σ_cells e^(q c) Σ_k q^k / k! · Σ x^k` serves all orders.
 * That is 14 multiplications a node and radius in place of 61 powers; it agrees with the plain sum
 * to a few units in the last place, exactly at q = 0 and at the largest radius. Nodes are added in
 * their order, so the same histograms give the same bytes.
 *
 * No mass changes at a radius that no selected node has an edge of: its sums are those of the
 * radius before, and are left out.
 *
 * @throws {RangeError} If there is no order, or one is out of reach for the masses.
 */
export function nodeSums(histograms: NodeHistograms, orders: Float64Array): NodeSums {
  const pass = new NodePass(histograms);
  const { edges, largest, edgesAt } = pass.begin();
  checkOrders(orders, largest);
  const columns = changingColumns(edgesAt);
  const powers = new Float64Array(columns.length * orders.length);
  let logMasses = new Float64Array(columns.length);
  for (const [width, places] of ordersByWidth(orders)) {
    logMasses = pass.grow({ columns, largest, orders, places, width }, powers);
  }
  return { edges, edgesAt, columns, powers, logMasses };
}

/**
 * The columns at which some mass changes, and the one before the first of them: a run of all
 * columns from there to the last, unless most of those are left out.
 */
function changingColumns(edgesAt: Float64Array): Uint32Array {
  const changing = Uint32Array.from(edgesAt.keys().filter((j) => edgesAt[j] !== 0));
  const first = Math.max(0, (changing[0] ?? 0) - 1), length = (changing.at(-1) ?? -1) + 1 - first;
  if (2 * changing.length > length) return Uint32Array.from({ length }, (_, j) => first + j);
  if (changing[0] === first || edgesAt.length === 0) return changing;
  return Uint32Array.of(first, ...changing);
}

/** Give each radius the row of the last one before it that has one, or of the first. */
export function atAllRadii(rows: Float64Array, places: Uint32Array, radii: number): Float64Array {
  if (places.length === radii) return rows;
  const width = rows.length / places.length, all = new Float64Array(radii * width);
  for (let j = 0, i = 0, k = 0; j < radii; j++) {
    if (places[i + 1] === j) i++;
    for (let o = i * width; o < (i + 1) * width; o++) all[k++] = rows[o]!;
  }
  return all;
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

/** The pass over some histograms: places in the kernel's memory are in bytes. */
class NodePass {
  readonly #histograms: NodeHistograms;
  /** How many nodes the kernel holds at once, and which ones it does. */
  readonly #together: number;
  #held = "";
  readonly #kernel: MomentKernel;
  readonly #state: number;
  readonly #counts: number;
  readonly #free: number;

  constructor(histograms: NodeHistograms) {
    const { nodes, columns, radii } = histograms;
    this.#histograms = histograms;
    this.#together = Math.min(nodes, Math.max(1, Math.floor(HELD_COUNTS / columns)));
    this.#state = 8 * radii;
    this.#counts = this.#state + NODE_BYTES * nodes;
    this.#free = 16 * Math.ceil((this.#counts + 4 * this.#together * columns) / 16);
    this.#kernel = kernel ??= new MomentKernel();
    this.#kernel.reserve(this.#free);
  }

  /**
   * Find the edges of all nodes, the largest mass of those that are selected, and their edges at
   * each radius.
   */
  begin() {
    const { nodes, radii, minimumEdges: minimum } = this.#histograms;
    const edgesAt = new Float64Array(this.#kernel.bytes.buffer, 0, radii).fill(0);
    this.#forAll(null, (some) => this.#kernel.begin({ ...some, radii, minimum, edgesAt: 0 }));
    const edges = new Uint32Array(nodes), states = this.#states();
    let largest = 1;
    for (let node = 0; node < nodes; node++) {
      const total = states[2 * node + 1]!;
      edges[node] = total - 1;
      if (states[2 * node] !== 0) largest = Math.max(largest, total);
    }
    return { edges, largest, edgesAt: edgesAt.slice() };
  }

  /**
   * Sum powers at the radii of some columns, for orders at some places, and give the sums of
   * logarithms.
   */
  grow(
    { columns, largest, orders, places, width }: {
      readonly columns: Uint32Array;
      readonly largest: number;
      readonly orders: Float64Array;
      readonly places: readonly number[];
      readonly width: number;
    },
    powers: Float64Array,
  ): Float64Array<ArrayBuffer> {
    const { length: radii } = columns, kernel = this.#kernel;
    const cells = Math.round(Math.log(largest) / width) + 1, pairs = Math.ceil(places.length / 2);
    const logs = this.#free, logMasses = logs + 8 * (largest + 1);
    const moments = 16 * Math.ceil((logMasses + 8 * radii) / 16), next = 8 * TERMS * cells;
    const factors = moments + next * radii, centres = factors + 16 * TERMS * pairs;
    const sums = centres + 16 * pairs * cells, end = sums + 16 * pairs;
    kernel.reserve(end);
    const doubles = new Float64Array(kernel.bytes.buffer);
    doubles.set(logsUpTo(largest).subarray(0, largest + 1), logs / 8);
    doubles.fill(0, logMasses / 8, end / 8);
    const states = this.#states();
    for (let node = 0; node < states.length; node += 2) states[node] = +(states[node] !== 0);
    this.#forAll(columns, ({ counts, ...some }) => {
      for (let first = 0; first < radii; first += NEAR_RADII) {
        kernel.grow({
          ...{ ...some, logs, next, width, radii: Math.min(NEAR_RADII, radii - first) },
          counts: counts + 4 * first,
          ...{ moments: moments + next * first, logMasses: logMasses + 8 * first },
        });
      }
    });
    const some = Float64Array.from(places, (place) => orders[place]!);
    setFactors(doubles, { factors, centres }, some, cells, width);
    const own = doubles.subarray(sums / 8, sums / 8 + places.length);
    for (let j = 0; j < radii; j++) {
      own.fill(0);
      for (let cell = 0; cell < cells; cell++) {
        const place = moments + next * j + 8 * TERMS * cell;
        if (doubles[place / 8] === 0) continue;
        const centre = centres + 16 * pairs * cell;
        kernel.evaluate({ moments: place, factors, centres: centre, sums, pairs });
      }
      for (let o = 0; o < places.length; o++) powers[j * orders.length + places[o]!] = own[o]!;
    }
    return doubles.slice(logMasses / 8, logMasses / 8 + radii);
  }

  /** What is known of each node: its mass so far and its total mass. */
  #states(): Uint32Array {
    const { nodes } = this.#histograms;
    return new Uint32Array(this.#kernel.bytes.buffer, this.#state, 2 * nodes);
  }

  /**
   * Do something with all nodes, as many at a time as are held: with all their columns, or with
   * some.
   */
  #forAll(
    columns: Uint32Array | null,
    work: (some: Record<"counts" | "stride" | "nodes" | "state", number>) => void,
  ): void {
    const { nodes, columns: all } = this.#histograms;
    const first = columns?.[0] ?? 0, last = columns?.at(-1) ?? first;
    const isRun = columns === null || last - first === columns.length - 1;
    const some = isRun ? null : columns, stride = 4 * (some?.length ?? all);
    const counts = this.#counts + (isRun ? 4 * first : 0);
    for (let node = 0; node < nodes; node += this.#together) {
      const held = Math.min(this.#together, nodes - node);
      this.#hold(node, held, some);
      work({ counts, stride, nodes: held, state: this.#state + NODE_BYTES * node });
    }
  }

  /** Copy the counts of some nodes into the kernel's memory, unless they are there. */
  #hold(node: number, nodes: number, columns: Uint32Array | null): void {
    const held = `${node} ${columns === null}`;
    if (held === this.#held) return;
    this.#held = held;
    const { counts, columns: all } = this.#histograms;
    const rows = counts.subarray(node * all, (node + nodes) * all);
    const into = new Uint32Array(this.#kernel.bytes.buffer, this.#counts, rows.length);
    if (columns === null) into.set(rows);
    else {
      for (let row = 0, to = 0; row < rows.length; row += all) {
        for (let j = 0; j < columns.length; j++) into[to++] = rows[row + columns[j]!]!;
      }
    }
  }
}

/**
 * Set what turns the moments of a cell into sums: `q^k / k!`, and the powers of every cell's
 * centre.
 */
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
