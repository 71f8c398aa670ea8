/** Every weight of one stored matrix, counted by its neuron and length. */
import type { WeightMatrix } from "../architectures/architecture.ts";
import type { Checkpoint, FloatType, StoredValues } from "../checkpoints/checkpoint.ts";
import { decodeValues } from "../checkpoints/decode_values.ts";
import { columnsTogether, countByColumn, countByRow } from "./count_lengths.ts";
import { normsOfKernels } from "./kernel_norm.ts";
import type { FullNetworkPart } from "./full_network_parts.ts";
import { binsOfBits, binWeights, type LengthBins } from "./length_bins.ts";

/** Bytes of a matrix that are read at a time, and rows, whose counters have 16 bits. */
const TILE_BYTES = 2 ** 25;
const MOST_ROWS = 2 ** 16 - 1;

/** Doubles that are put into bins at a time: few enough to stay near the processor. */
const CHUNK = 2 ** 13;

/** Bytes of a stored weight. */
const sizes: Readonly<Record<FloatType, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 };

/** What turns codes into bins and counters. */
interface CodeTables {
  readonly binOf: Uint16Array;
  readonly counters: Uint16Array;
}

/** Counts the matrices of a checkpoint; it remembers the tables for each way that weights are stored. */
export class MatrixCounter {
  readonly #checkpoint: Checkpoint;
  readonly #lengths: LengthBins;
  readonly #tables = new Map<FloatType | "bins", CodeTables>();

  constructor(checkpoint: Checkpoint, lengths: LengthBins) {
    this.#checkpoint = checkpoint;
    this.#lengths = lengths;
  }

  /**
   * Add all weights that leave a layer to the histograms of its neurons.
   *
   * @param part The layer and its matrices.
   * @param counts Histograms, row-major [neurons × bins].
   * @param neuron The neuron of {@linkcode counts} that is the layer's first.
   * @param onWeights Called with the number of weights counted, a part of a matrix at a time.
   * @throws {RangeError} If a weight is not finite.
   * @throws {Error} If a matrix cannot be read.
   */
  async addAll(
    { layer, matrices }: Pick<FullNetworkPart, "layer" | "matrices">,
    counts: Uint32Array,
    neuron: number,
    onWeights?: (weights: number) => void,
  ): Promise<void> {
    const { bins, notFinite } = this.#lengths;
    for (const matrix of matrices) {
      await this.add(matrix, counts, neuron, onWeights);
      for (let i = 0; i < layer.size; i++) {
        if (counts[(neuron + i) * bins + notFinite] === 0) continue;
        throw new RangeError(
          `${matrix.tensor} of ${this.#checkpoint.source} holds a weight from neuron ${i} of ` +
            `${layer.name} that is not finite; such a checkpoint cannot be measured.`,
        );
      }
    }
  }

  /**
   * Add all weights of a matrix to the histograms of the neurons that they leave, some rows in memory at a time.
   *
   * @param matrix The matrix.
   * @param counts Histograms, row-major [neurons × bins].
   * @param neuron The neuron of {@linkcode counts} that is the matrix's first source.
   * @param onWeights Called with the number of weights counted, a part of the matrix at a time.
   * @throws {Error} If the matrix cannot be read.
   */
  async add(
    matrix: WeightMatrix,
    counts: Uint32Array,
    neuron: number,
    onWeights?: (weights: number) => void,
  ): Promise<void> {
    const bySource = matrix.orientation === "in, out";
    const [rows, columns] = bySource
      ? [matrix.columns, matrix.rows]
      : [matrix.rows, matrix.columns];
    if (rows * columns === 0) return;
    const dtype = this.#checkpoint.tensors.get(matrix.tensor)?.dtype as FloatType;
    const rowBytes = columns * matrix.kernel * (sizes[dtype] ?? 8);
    const together = Math.min(MOST_ROWS, Math.max(1, Math.floor(TILE_BYTES / rowBytes)));
    for (let start = 0; start < rows; start += together) {
      const end = Math.min(rows, start + together);
      const stored = await this.#checkpoint.read(matrix.tensor, [{ start, end }]);
      const { codes, tables } = this.#codesOf(stored, matrix.kernel);
      if (codes.length !== (end - start) * columns) {
        throw new Error(
          `${matrix.tensor} of ${this.#checkpoint.source} gave ${codes.length} weights for ` +
            `${end - start} rows of ${columns}; the file may be damaged`,
        );
      }
      const tile = { codes, rows: end - start, columns, counts, bins: this.#lengths.bins };
      if (bySource) countByRow({ ...tile, neuron: neuron + start }, tables.binOf);
      else countByColumn({ ...tile, neuron }, tables.counters);
      onWeights?.(codes.length);
    }
  }

  #codesOf(stored: StoredValues, kernel: number): { codes: Uint16Array; tables: CodeTables } {
    const { dtype } = stored;
    if (kernel > 1) {
      const norms = normsOfKernels(decodeValues(stored), kernel);
      return { codes: binInChunks(norms, this.#lengths), tables: this.#tablesFor("bins") };
    }
    if (dtype === "F16" || dtype === "BF16") {
      return { codes: numbersIn(Uint16Array, stored), tables: this.#tablesFor(dtype) };
    }
    const values = dtype === "F32"
      ? numbersIn(Float32Array, stored)
      : numbersIn(Float64Array, stored);
    return { codes: binInChunks(values, this.#lengths), tables: this.#tablesFor("bins") };
  }

  #tablesFor(codes: "F16" | "BF16" | "bins"): CodeTables {
    const known = this.#tables.get(codes);
    if (known) return known;
    const binOf = codes === "bins"
      ? Uint16Array.from({ length: this.#lengths.bins }, (_, bin) => bin)
      : binsOfBits(codes, this.#lengths);
    const together = columnsTogether(this.#lengths.bins);
    const tables = { binOf, counters: binOf.map((bin) => bin * together) };
    this.#tables.set(codes, tables);
    return tables;
  }
}

function binInChunks(values: Float32Array | Float64Array, lengths: LengthBins): Uint16Array {
  const codes = new Uint16Array(values.length);
  const doubles = new Float64Array(Math.min(CHUNK, values.length));
  for (let start = 0; start < values.length; start += CHUNK) {
    const part = values.subarray(start, start + CHUNK);
    doubles.set(part);
    binWeights(doubles.subarray(0, part.length), lengths, codes.subarray(start));
  }
  return codes;
}

/** Stored numbers where they lie, or a copy where they do not begin at a multiple of a number's size. */
function numbersIn<T>(
  Numbers: {
    new (buffer: ArrayBuffer, start: number, length: number): T;
    readonly BYTES_PER_ELEMENT: number;
  },
  { bytes }: StoredValues,
): T {
  const size = Numbers.BYTES_PER_ELEMENT;
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  return new Numbers(buffer as ArrayBuffer, byteOffset, Math.floor(byteLength / size));
}
