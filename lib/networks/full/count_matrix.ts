/**
 * The weights of one stored matrix, all of them or those of drawn neurons, counted by their neuron
 * and length.
 */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint, FloatType, StoredValues } from "../../checkpoints/checkpoint.ts";
import { bytesPerValue, decodeValues } from "../../checkpoints/decode_values.ts";
import { countDrawnColumns } from "./count_drawn_columns.ts";
import { CountKernel } from "./count_kernel.ts";
import { COUNTERS, FREE } from "./count_layout.ts";
import {
  addColumns,
  bytesBeyond,
  countByColumn,
  countByRow,
  countersOf,
  type Histograms,
  MOST_ROWS,
  type Tile,
} from "./count_tile.ts";
import type { FullNetworkPart } from "./full_network_parts.ts";
import { normsOfKernels } from "../kernel_norm.ts";
import { allColumns, type HistogramColumns } from "./histogram_columns.ts";
import type { LengthBins } from "./length_bins.ts";
import { readTile } from "./read_tile.ts";
import {
  formatOf,
  type Ranking,
  rankingFor,
  type StepRanks,
  type WeightRanks,
} from "./weight_ranking.ts";
import { shownName } from "../../messages/shown.ts";

/** Bytes of a matrix that are read at a time. */
const TILE_BYTES = 2 ** 24;

/** Kernels that nobody uses now: their memory is used again, rather than left to be collected. */
const idle: CountKernel[] = [];

/** The neurons of a layer that are counted. */
export interface CountedNeurons extends Pick<FullNetworkPart, "layer" | "matrices"> {
  /** Their positions in the layer, ascending; all of them unless given. */
  readonly drawn?: Int32Array;
}

/** Counts the matrices of a checkpoint. */
export class MatrixCounter {
  readonly #checkpoint: Checkpoint;
  readonly #lengths: readonly LengthBins[];
  readonly #columns: readonly HistogramColumns[];

  /**
   * @param columns What the columns of the histograms are for each way of binning: all bins unless
   * given.
   */
  constructor(
    checkpoint: Checkpoint,
    lengths: readonly LengthBins[],
    columns: readonly HistogramColumns[] = lengths.map(allColumns),
  ) {
    this.#checkpoint = checkpoint;
    this.#lengths = lengths;
    this.#columns = columns;
  }

  /**
   * Add all weights that leave a layer to the histograms of its neurons, or of those that are
   * drawn, row-major [neurons × columns] for each way of binning, from `neuron` on. `onWeights` is
   * called with the number of weights counted, a part of a matrix at a time.
   */
  async addAll(
    { layer, matrices, drawn }: CountedNeurons,
    counts: readonly Uint32Array[],
    neuron: number,
    onWeights?: (weights: number) => void,
  ): Promise<void> {
    // A source that is far away brings the whole layer in as few requests as it can; what samples
    // need has been brought.
    if (matrices.length > 0 && drawn === undefined) {
      await this.#checkpoint.prefetch?.(matrices.map(({ tensor }) => ({ name: tensor })));
    }
    const { bins: { length: columns }, columnOf } = this.#columns[0]!;
    const notFinite = columnOf[this.#lengths[0]!.notFinite]!;
    for (const matrix of matrices) {
      await this.add({ matrix, drawn }, counts, neuron, onWeights);
      for (let i = 0; i < (drawn?.length ?? layer.size); i++) {
        if (counts[0]![(neuron + i) * columns + notFinite] === 0) continue;
        const name = shownName(matrix.tensor);
        throw new RangeError(
          `${name} of ${this.#checkpoint.source} holds a weight from neuron ` +
            `${
              drawn?.[i] ?? i
            } of ${layer.name} that is not finite; such a checkpoint cannot be measured`,
        );
      }
    }
  }

  /** Add the weights of a matrix likewise, some rows in memory at a time. */
  async add(
    { matrix, drawn }: DrawnMatrix,
    counts: readonly Uint32Array[],
    neuron: number,
    onWeights?: (weights: number) => void,
  ): Promise<void> {
    if (matrix.rows * (drawn?.length ?? matrix.columns) === 0) return;
    const kernel = idle.pop() ?? new CountKernel();
    try {
      const histograms = { counts, columns: this.#columns.map(({ bins }) => bins.length) };
      if (drawn && matrix.orientation === "out, in") {
        const wanted = { checkpoint: this.#checkpoint, matrix, drawn, lengths: this.#lengths };
        await countDrawnColumns(wanted, kernel, histograms, neuron, onWeights);
      } else await this.#addTiles({ matrix, drawn }, kernel, histograms, neuron, onWeights);
    } finally {
      idle.push(kernel);
    }
  }

  /** All rows, or those of drawn neurons. */
  async #addTiles(
    { matrix, drawn }: DrawnMatrix,
    kernel: CountKernel,
    histograms: Histograms,
    neuron: number,
    onWeights?: (weights: number) => void,
  ): Promise<void> {
    const { tensor, rows: outputs, columns: inputs } = matrix;
    const bySource = matrix.orientation === "in, out";
    const [rows, columns] = bySource ? [drawn?.length ?? inputs, outputs] : [outputs, inputs];
    const dtype = this.#checkpoint.tensors.get(tensor)?.dtype as FloatType;
    const ranking = rankingFor(formatOf(this.#checkpoint, matrix), this.#lengths);
    const { kind } = ranking, ranks = this.#columnsOf(ranking);
    const weightBytes = bytesPerValue.get(dtype) ?? 8, size = ranking.steps ? 2 : weightBytes;
    const rowBytes = columns * matrix.kernel * weightBytes;
    const together = Math.min(rows, MOST_ROWS, Math.max(1, Math.floor(TILE_BYTES / rowBytes)));
    const saved = FREE, at = saved + (bySource ? 0 : countersOf(columns, ranks.ranks));
    kernel.reserve(at + together * columns * size + bytesBeyond(size, histograms));
    ranking.prepare(kernel);
    kernel.bytes.fill(0, COUNTERS, COUNTERS + countersOf(1, ranks.ranks)).fill(0, saved, at);
    for (let start = 0, counted = 0; start < rows; start += together) {
      const end = Math.min(rows, start + together), weights = (end - start) * columns;
      const into = kernel.bytes.subarray(at, at + weights * size);
      const ranges = drawn
        ? Array.from(drawn.subarray(start, end), (row) => ({ start: row, end: row + 1 }))
        : [{ start, end }];
      const stored = await readTile(this.#checkpoint, matrix, ranges, weights, into);
      put(stored, matrix.kernel, ranking.steps, into);
      const tile: Tile = { kind, ranks, at, size, rows: end - start, columns };
      if (bySource) countByRow(kernel, tile, histograms, neuron + start);
      else {
        countByColumn(kernel, tile, saved);
        counted += end - start;
        if (end === rows || counted + together > MOST_ROWS) {
          addColumns(kernel, tile, saved, histograms, neuron);
          counted = 0;
        }
      }
      onWeights?.(weights);
    }
  }

  /** The columns of ranks, in place of their bins. */
  #columnsOf({ ranks, steps }: Ranking): WeightRanks {
    const all = this.#columns.every(({ bins }, way) => bins.length === this.#lengths[way]!.bins);
    // Which bins ranks by arithmetic stand for is noted as weights are met.
    if (all) return ranks;
    const bins = ranks.bins.map((own, way) => {
      const { bins, columnOf } = this.#columns[way]!;
      if (steps || own.some((bin) => bins[columnOf[bin]!] !== bin)) {
        throw new Error(
          "The histograms have no column for some length; columns are another format's",
        );
      }
      return own.map((bin) => columnOf[bin]!);
    });
    return { ranks: ranks.ranks, bins };
  }
}

/** A matrix, and the neurons that it is counted for if not all. */
interface DrawnMatrix {
  readonly matrix: WeightMatrix;
  readonly drawn?: Int32Array | undefined;
}

/** Put weights, or their ranks, where the kernel looks for them. */
function put(
  stored: StoredValues,
  positions: number,
  steps: StepRanks | undefined,
  into: Uint8Array<ArrayBuffer>,
): void {
  const { bytes } = stored;
  if (steps) {
    const values = decodeValues(stored), ranks = new Uint16Array(values.length / positions);
    steps.rank(positions > 1 ? normsOfKernels(values, positions) : values, ranks);
    into.set(new Uint8Array(ranks.buffer));
  } else if (bytes.buffer !== into.buffer || bytes.byteOffset !== into.byteOffset) into.set(bytes);
}
