/** Some rows of a stored matrix, counted by the neurons that they belong to. */

import type { CountKernel, KernelKind } from "./count_kernel.ts";
import { COUNTERS, GROUPS, LANES, ROW_LANES } from "./count_layout.ts";
import type { WeightRanks } from "./weight_ranking.ts";

/** Histograms of neurons, one array for each way of binning: row-major [neurons × columns]. */
export interface Histograms {
  readonly counts: readonly Uint32Array[];
  readonly columns: readonly number[];
}

/** Weights in a kernel's memory. */
export interface Tile {
  readonly kind: KernelKind;
  readonly ranks: WeightRanks;
  /** Where the first of them lies. */
  readonly at: number;
  /** Bytes of each. */
  readonly size: number;
  readonly rows: number;
  readonly columns: number;
}

/** Rows that 16-bit counters can count, and weights of a run whose counters can be added in 16 bits. */
export const MOST_ROWS = 2 ** 16 - 1;
const MOST_RUN = MOST_ROWS - MOST_ROWS % ROW_LANES;

/** Bytes that hold the counters of some columns while other columns are counted. */
export function countersOf(columns: number, ranks: number): number {
  return Math.ceil(columns / LANES) * 2 * LANES * ranks;
}

/**
 * Count edges that leave the neurons of the columns, {@linkcode LANES} columns at a time; the
 * counters of all columns are kept at `saved` between tiles.
 */
export function countByColumn(kernel: CountKernel, tile: Tile, saved: number): void {
  const { kind, ranks, at, size, rows, columns } = tile;
  const counters = countersOf(1, ranks.ranks), together = kernel.rowsTogether(kind);
  for (let row = 0; row < rows; row += together) {
    const start = at + row * columns * size, some = Math.min(together, rows - row);
    for (let first = 0, own = saved; first < columns; first += GROUPS * LANES) {
      kernel.bring(kind, start + first * size, some, columns * size);
      const groups = Math.min(GROUPS, Math.ceil((columns - first) / LANES));
      for (let group = 0; group < groups; group++, own += counters) {
        kernel.bytes.copyWithin(COUNTERS, own, own + counters);
        kernel.countGroup(kind, group, some);
        kernel.bytes.copyWithin(own, COUNTERS, COUNTERS + counters);
      }
    }
  }
}

/** Add the counters of columns to the histograms from `neuron` on, and set them to 0. */
export function addColumns(
  { bytes }: CountKernel,
  { ranks, columns }: Tile,
  saved: number,
  { counts, columns: widths }: Histograms,
  neuron: number,
): void {
  const size = countersOf(columns, ranks.ranks);
  const all = new Uint16Array(bytes.buffer, saved, size / 2);
  for (let first = 0, group = 0; first < columns; first += LANES, group += LANES * ranks.ranks) {
    const width = Math.min(LANES, columns - first);
    counts.forEach((to, way) => {
      for (let lane = 0; lane < width; lane++) {
        const row = (neuron + first + lane) * widths[way]!;
        addLane(all, group + lane, to, row, ranks.bins[way]!, ranks.ranks);
      }
    });
  }
  all.fill(0);
}

function addLane(
  counters: Uint16Array,
  from: number,
  to: Uint32Array,
  row: number,
  binOf: Uint16Array,
  ranks: number,
): void {
  for (let rank = 0; rank < ranks; rank++) {
    to[row + binOf[rank]!]! += counters[from + rank * LANES]!;
  }
}

/** Count edges that leave the neurons of the rows; what follows the tile is overwritten. */
export function countByRow(
  kernel: CountKernel,
  { kind, ranks: { ranks, bins: binOf }, at, size, rows, columns }: Tile,
  { counts, columns: widths }: Histograms,
  neuron: number,
): void {
  const counters = new Uint32Array(kernel.bytes.buffer, COUNTERS, ranks * ROW_LANES / 2);
  const sums = new Uint32Array(ranks);
  const whole = columns - columns % ROW_LANES;
  const rest = at + rows * columns * size, restBytes = (columns - whole) * size;
  for (let row = 0; row < rows; row++) {
    const start = at + row * columns * size;
    for (let first = 0; first < whole; first += MOST_RUN) {
      kernel.countRun(kind, start + first * size, Math.min(MOST_RUN, whole - first));
      addRun(counters, sums);
    }
    if (restBytes > 0) {
      // The lanes that are left count zeros, which are no edges.
      const end = start + columns * size;
      kernel.bytes.fill(0, rest, rest + ROW_LANES * size);
      kernel.bytes.copyWithin(rest, end - restBytes, end);
      kernel.countRun(kind, rest, ROW_LANES);
      addRun(counters, sums);
    }
    counts.forEach((to, way) => {
      const histogram = (neuron + row) * widths[way]!, own = binOf[way]!;
      for (let rank = 0; rank < ranks; rank++) to[histogram + own[rank]!]! += sums[rank]!;
    });
    sums.fill(0);
  }
}

/** Add the lanes of each rank, two 16-bit counters in one number, and set them to 0. */
function addRun(counters: Uint32Array, sums: Uint32Array): void {
  for (let rank = 0, k = 0; rank < sums.length; rank++, k += ROW_LANES / 2) {
    const pair = counters[k]! + counters[k + 1]! + counters[k + 2]! + counters[k + 3]!;
    sums[rank]! += (pair & 0xffff) + (pair >>> 16);
  }
  counters.fill(0);
}
