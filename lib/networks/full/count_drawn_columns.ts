/** The weights in some columns of a stored matrix, gathered as they are stored and counted. */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint, FloatType, StoredValues } from "../../checkpoints/checkpoint.ts";
import { bytesPerValue, decodeValues, storedItems } from "../../checkpoints/decode_values.ts";
import { normsOfKernels } from "../kernel_norm.ts";
import type { CountKernel } from "./count_kernel.ts";
import { COUNTERS, FREE, LANES } from "./count_layout.ts";
import { addColumns, bytesBeyond, countersOf, type Histograms, MOST_ROWS } from "./count_tile.ts";
import { gatherColumns } from "./gather_columns.ts";
import type { LengthBins } from "./length_bins.ts";
import { readTile } from "./read_tile.ts";
import { rankingFor } from "./weight_ranking.ts";

/**
 * Bytes that are read at a time: files give so many without a pause, and they are still in the
 * second cache as columns are taken.
 */
const TILE_BYTES = 2 ** 18;

/** Bytes that are gathered before they are counted. */
const GATHERED_BYTES = 2 ** 22;

/** A matrix whose columns are the neurons that edges leave, and which of those are wanted. */
export interface DrawnColumns {
  readonly checkpoint: Checkpoint;
  readonly matrix: WeightMatrix;
  /** Positions of the neurons, in the order of their histograms. */
  readonly drawn: Int32Array;
  readonly lengths: readonly LengthBins[];
}

/**
 * Add the weights of some columns to histograms, from `neuron` on. Every row is read, once. The
 * columns of {@linkcode LANES} neurons are gathered one row after another, as the kernel counts
 * them.
 */
export async function countDrawnColumns(
  { checkpoint, matrix, drawn, lengths }: DrawnColumns,
  kernel: CountKernel,
  histograms: Histograms,
  neuron: number,
  onWeights?: (weights: number) => void,
): Promise<void> {
  const { tensor, rows, columns, kernel: positions } = matrix;
  const dtype = checkpoint.tensors.get(tensor)?.dtype as FloatType;
  const ranking = rankingFor(positions > 1 ? "norms" : dtype, lengths);
  const { kind, ranks, steps } = ranking;
  const weightBytes = bytesPerValue.get(dtype) ?? 8, size = steps ? 2 : weightBytes;
  const rowBytes = columns * positions * weightBytes;
  const width = LANES * Math.ceil(drawn.length / LANES);
  const together = Math.min(rows, MOST_ROWS, atLeastOne(GATHERED_BYTES / (width * size)));
  const tileRows = Math.min(together, atLeastOne(TILE_BYTES / rowBytes));
  const counters = countersOf(1, ranks.ranks);
  const saved = FREE, at = saved + countersOf(drawn.length, ranks.ranks);
  const tileAt = at + 8 * Math.ceil(together * width * size / 8);
  kernel.reserve(tileAt + Math.max(tileRows * rowBytes, bytesBeyond(size, histograms)));
  ranking.prepare(kernel);
  kernel.bytes.fill(0, saved, tileAt);
  const counted = kernel.bytes.subarray(at, at + together * width * size);
  // Weights are gathered where the kernel counts them, or elsewhere, and their ranks are put there.
  const gathered: StoredValues = {
    dtype: positions > 1 ? "F64" : dtype,
    shape: [together * width],
    bytes: steps ? new Uint8Array(together * width * (positions > 1 ? 8 : weightBytes)) : counted,
  };
  const groups = { items: storedItems(gathered), rows: together };
  for (let start = 0, counts = 0; start < rows; start += together) {
    const end = Math.min(rows, start + together);
    for (let row = start; row < end; row += tileRows) {
      const last = Math.min(end, row + tileRows), bytes = (last - row) * rowBytes;
      const memory = kernel.bytes.subarray(tileAt, tileAt + bytes);
      const ranges = [{ start: row, end: last }];
      const stored = await readTile(checkpoint, matrix, ranges, (last - row) * columns, memory);
      const items = positions > 1
        ? normsOfKernels(decodeValues(stored), positions)
        : storedItems(stored);
      gatherColumns(items, columns, drawn, groups, row - start);
    }
    if (steps) {
      const found = new Uint16Array(counted.buffer, at, together * width);
      steps.rank(decodeValues(gathered), found);
    }
    for (let first = 0, own = saved; first < width; first += LANES) {
      kernel.bytes.copyWithin(COUNTERS, own, own + counters);
      kernel.countRows(kind, at + first * together * size, end - start);
      kernel.bytes.copyWithin(own, COUNTERS, COUNTERS + counters);
      own += counters;
    }
    counts += end - start;
    if (end === rows || counts + together > MOST_ROWS) {
      const tile = { kind, ranks, at, size, rows: end - start, columns: drawn.length };
      addColumns(kernel, tile, saved, histograms, neuron);
      counts = 0;
    }
    onWeights?.((end - start) * drawn.length);
  }
}

function atLeastOne(rows: number): number {
  return Math.max(1, Math.floor(rows));
}
