import assert from "node:assert/strict";
import { CountKernel, type KernelKind } from "../../../lib/networks/full/count_kernel.ts";
import { COUNTERS, FREE, SINGLE_SHIFT } from "../../../lib/networks/full/count_layout.ts";
import {
  addColumns,
  bytesBeyond,
  countByColumn,
  countByRow,
  countersOf,
} from "../../../lib/networks/full/count_tile.ts";

/** Two ways of binning 300 ranks. */
const bins = [
  Uint16Array.from({ length: 300 }, (_, rank) => rank % 250),
  Uint16Array.from({ length: 300 }, (_, rank) => 299 - rank),
];
const table = Uint16Array.from({ length: 65536 }, (_, code) => (code * 31) % 300);

function tileOf(kernel: CountKernel, kind: KernelKind, rows: number, columns: number) {
  const ranks = { ranks: kind === "large" ? 300 : 250, bins };
  const size = kind === "single" ? 4 : 2;
  const saved = FREE, at = saved + countersOf(columns, 300) + 1;
  kernel.reserve(at + rows * columns * size + bytesBeyond(size, { columns: [300, 300] }));
  if (kind === "large") kernel.setTable(table);
  else if (kind === "small") kernel.setTable(Uint8Array.from(table, (rank) => rank % 250));
  else {
    // Rank k begins at 1000 · k within cell k.
    const cells = Uint8Array.from(
      { length: 2 ** 17 },
      (_, cell) => Math.min(249, Math.max(0, cell - 1)),
    );
    kernel.setTable(cells);
    kernel.setBreakpoints(
      Uint32Array.from(
        { length: 250 },
        (_, rank) => rank === 249 ? 2 ** 31 : (rank + 1) * 2 ** SINGLE_SHIFT + 1000,
      ),
    );
  }
  const codes = size === 2
    ? Uint16Array.from({ length: rows * columns }, (_, k) => k * k * 31)
    : Uint32Array.from({ length: rows * columns }, (_, k) =>
      (k * 7919) % (250 * 2 ** SINGLE_SHIFT) + (k % 2) * 2 ** 31);
  kernel.bytes.fill(0, COUNTERS, COUNTERS + countersOf(1, 300)).fill(0, saved, at).set(
    new Uint8Array(codes.buffer),
    at,
  );
  const rankOf = (code: number) => {
    if (kind === "large") return table[code]!;
    if (kind === "small") return table[code]! % 250;
    const bits = code & 0x7fffffff, cell = bits >>> SINGLE_SHIFT;
    return cell === 0 ? 0 : cell - 1 + +((bits & (2 ** SINGLE_SHIFT - 1)) >= 1000);
  };
  return {
    tile: { kind, ranks, at, size, rows, columns },
    saved,
    ranks: Array.from(codes, rankOf),
  };
}

function expectedOf(ranks: readonly number[], neurons: number, neuronOf: (k: number) => number) {
  const counts = bins.map(() => new Uint32Array((neurons + 1) * 300).fill(1));
  ranks.forEach((rank, k) =>
    bins.forEach((binOf, way) => counts[way]![neuronOf(k) * 300 + binOf[rank]!]!++)
  );
  return counts;
}

const histograms = (neurons: number) => ({
  counts: bins.map(() => new Uint32Array((neurons + 1) * 300).fill(1)),
  columns: [300, 300],
});

for (const kind of ["small", "large", "single"] as const) {
  Deno.test(`countByColumn() of ${kind} ranks adds to the histograms of each column's neuron, over groups, panels and tiles`, () => {
    const kernel = new CountKernel();
    for (const [rows, columns] of [[5, 500], [2100, 70], [3, 32], [1, 1]] as const) {
      const { tile, saved, ranks } = tileOf(kernel, kind, rows, columns);
      const found = histograms(columns);
      countByColumn(kernel, tile, saved);
      countByColumn(kernel, tile, saved);
      addColumns(kernel, tile, saved, found, 1);
      const twice = [...ranks, ...ranks];
      assert.deepEqual(found.counts, expectedOf(twice, columns, (k) => 1 + k % columns));
    }
  });

  Deno.test(`countByRow() of ${kind} ranks adds to the histograms of each row's neuron`, () => {
    const kernel = new CountKernel();
    for (const [rows, columns] of [[5, 500], [2, 3], [2, 70001], [1, 524_285]] as const) {
      const { tile, ranks } = tileOf(kernel, kind, rows, columns);
      const found = histograms(rows);
      countByRow(kernel, tile, found, 1);
      // What fills up the lanes of a row's rest is not counted.
      const expected = expectedOf(ranks, rows, (k) => 1 + Math.floor(k / columns));
      assert.deepEqual(found.counts, expected);
    }
  });
}
