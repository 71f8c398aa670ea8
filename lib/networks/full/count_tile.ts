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

/**
 * Rows that 16-bit counters can count, and weights of a run, to which a rest of a row may still
 * come.
 */
export const MOST_ROWS = 2 ** 16 - 1;
const MOST_RUN = ROW_LANES * (MOST_ROWS - 1);

/** Bytes that hold the counters of some columns while other columns are counted. */
export function countersOf(columns: number, ranks: number): number {
  return Math.ceil(columns / LANES) * 2 * LANES * ranks;
}

/**
 * Bytes that are used beyond a tile of weights of some size: for a rest of a row, and for
 * histograms that are added to.
 */
export function bytesBeyond(size: number, { columns }: Pick<Histograms, "columns">): number {
  return ROW_LANES * size + 4 * LANES * Math.max(...columns);
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

/**
 * Add the counters of columns to the histograms from `neuron` on, and set them to 0; the tile is
 * overwritten.
 */
export function addColumns(
  kernel: CountKernel,
  { ranks: { ranks, bins }, at, columns }: Tile,
  saved: number,
  { counts, columns: widths }: Histograms,
  neuron: number,
): void {
  const counters = countersOf(1, ranks);
  counts.forEach((to, way) => {
    const width = widths[way]!;
    kernel.setColumns(bins[way]!);
    for (let first = 0, own = saved; first < columns; first += LANES, own += counters) {
      const lanes = Math.min(LANES, columns - first), row = neuron + first;
      const histograms = to.subarray(row * width, (row + lanes) * width);
      kernel.addColumns(own, ranks, lanes, histograms, at);
    }
  });
  kernel.bytes.fill(0, saved, saved + countersOf(columns, ranks));
}

/**
 * Count edges that leave the neurons of the rows; what follows the tile is overwritten. The rank of
 * a weight of zero is 0.
 */
export function countByRow(
  kernel: CountKernel,
  { kind, ranks: { ranks, bins }, at, size, rows, columns }: Tile,
  { counts, columns: widths }: Histograms,
  neuron: number,
): void {
  const whole = columns - columns % ROW_LANES;
  const rest = at + rows * columns * size, restBytes = (columns - whole) * size;
  const near = rest + ROW_LANES * size, filled = restBytes > 0 ? ROW_LANES - (columns - whole) : 0;
  const add = (row: number) => {
    counts.forEach((to, way) => {
      const start = (neuron + row) * widths[way]!;
      if (counts.length > 1) kernel.setColumns(bins[way]!);
      kernel.addRow(ranks, to.subarray(start, start + widths[way]!), near);
    });
    kernel.bytes.fill(0, COUNTERS, COUNTERS + 2 * ROW_LANES * ranks);
  };
  if (counts.length === 1) kernel.setColumns(bins[0]!);
  for (let row = 0; row < rows; row++) {
    const start = at + row * columns * size;
    for (let first = 0; first < whole; first += MOST_RUN) {
      if (first > 0) add(row);
      kernel.countRun(kind, start + first * size, Math.min(MOST_RUN, whole - first));
    }
    if (restBytes > 0) {
      // The lanes that are left count zeros, which are taken away again.
      const end = start + columns * size;
      kernel.bytes.fill(0, rest, rest + ROW_LANES * size);
      kernel.bytes.copyWithin(rest, end - restBytes, end);
      kernel.countRun(kind, rest, ROW_LANES);
    }
    add(row);
    counts.forEach((to, way) => to[(neuron + row) * widths[way]! + bins[way]![0]!]! -= filled);
  }
}
