/** Every weight of one stored matrix, counted by its neuron and length. */

import type { WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint, FloatType, StoredValues } from "../../checkpoints/checkpoint.ts";
import { bytesPerValue, decodeValues } from "../../checkpoints/decode_values.ts";
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
   * Add all weights that leave a layer to the histograms of its neurons, row-major [neurons ×
   * columns] for each way of binning, from `neuron` on. `onWeights` is called with the number of
   * weights counted, a part of a matrix at a time.
   */
  async addAll(
    { layer, matrices }: Pick<FullNetworkPart, "layer" | "matrices">,
    counts: readonly Uint32Array[],
    neuron: number,
    onWeights?: (weights: number) => void,
  ): Promise<void> {
    // A source that is far away brings the whole layer in as few requests as it can.
    if (matrices.length > 0) {
      await this.#checkpoint.prefetch?.(matrices.map(({ tensor }) => ({ name: tensor })));
    }
    const { bins: { length: columns }, columnOf } = this.#columns[0]!;
    const notFinite = columnOf[this.#lengths[0]!.notFinite]!;
    for (const matrix of matrices) {
      await this.add(matrix, counts, neuron, onWeights);
      for (let i = 0; i < layer.size; i++) {
        if (counts[0]![(neuron + i) * columns + notFinite] === 0) continue;
        const name = shownName(matrix.tensor);
        throw new RangeError(
          `${name} of ${this.#checkpoint.source} holds a weight from neuron ${i} of ` +
            `${layer.name} that is not finite; such a checkpoint cannot be measured`,
        );
      }
    }
  }

  /** Add all weights of a matrix likewise, some rows in memory at a time. */
  async add(
    matrix: WeightMatrix,
    counts: readonly Uint32Array[],
    neuron: number,
    onWeights?: (weights: number) => void,
  ): Promise<void> {
    if (matrix.rows * matrix.columns === 0) return;
    const kernel = idle.pop() ?? new CountKernel();
    try {
      const histograms = { counts, columns: this.#columns.map(({ bins }) => bins.length) };
      await this.#addTiles(matrix, kernel, histograms, neuron, onWeights);
    } finally {
      idle.push(kernel);
    }
  }

  async #addTiles(
    matrix: WeightMatrix,
    kernel: CountKernel,
    histograms: Histograms,
    neuron: number,
    onWeights?: (weights: number) => void,
  ): Promise<void> {
    const { tensor, rows: outputs, columns: inputs } = matrix;
    const bySource = matrix.orientation === "in, out";
    const [rows, columns] = bySource ? [inputs, outputs] : [outputs, inputs];
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
      const stored = await this.#checkpoint.read(tensor, [{ start, end }], into);
      const found = put(stored, matrix.kernel, ranking.steps, into);
      if (found !== weights) {
        throw new Error(
          `${shownName(tensor)} of ${this.#checkpoint.source} gave ${found} weights for ` +
            `${end - start} rows of ${columns}; the file may be damaged`,
        );
      }
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

/** Put weights, or their ranks, where the kernel looks for them; how many there were. */
function put(
  stored: StoredValues,
  positions: number,
  steps: StepRanks | undefined,
  into: Uint8Array<ArrayBuffer>,
): number {
  const { dtype, bytes } = stored;
  const weights = bytes.byteLength / bytesPerValue.get(dtype)! / positions;
  if (steps) {
    if (weights * 2 > into.byteLength || !Number.isInteger(weights)) return weights;
    const values = decodeValues(stored), ranks = new Uint16Array(weights);
    steps.rank(positions > 1 ? normsOfKernels(values, positions) : values, ranks);
    into.set(new Uint8Array(ranks.buffer));
  } else if (bytes.buffer !== into.buffer || bytes.byteOffset !== into.byteOffset) {
    if (bytes.byteLength === into.byteLength) into.set(bytes);
  }
  return weights;
}
