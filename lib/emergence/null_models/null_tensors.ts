/** How each null model remakes the weights of a tensor. */

import type {
  Checkpoint,
  RowRange,
  StoredValues,
  TensorRows,
} from "../../checkpoints/checkpoint.ts";
import { bytesPerValue, decodeValues } from "../../checkpoints/decode_values.ts";
import type { NullKind } from "../../options/measuring_options.ts";
import {
  fillNormal,
  seededStreams,
  shuffleMatrices,
  shuffleWithinColumns,
  shuffleWithinRows,
} from "./shuffle.ts";
import { partOfTargets, type StoredMatrix, storedMatrix } from "./stored_matrix.ts";
import type { Architecture } from "../../architectures/architecture.ts";
import { shownName } from "../../messages/shown.ts";

/** What a tensor is remade from. */
export interface NullSources {
  readonly checkpoint: Checkpoint;
  /** The untrained one, for `rescale`. */
  readonly untrained: Checkpoint | undefined;
  readonly draw: number;
  readonly seed: number;
}

/** Whether a kind can't make a row without all of the tensor's rows; within a neuron that hangs on how it is stored. */
export function needsWholeTensor(kind: NullKind, { rowsAreTargets }: StoredMatrix): boolean {
  return kind === "permute" || kind === (rowsAreTargets ? "permute-columns" : "permute-rows");
}

/** Rows of a tensor as stored, each row's weights in random places, or a whole tensor's, all or column by column. */
export async function shuffledRows(
  kind: NullKind,
  matrix: StoredMatrix,
  { checkpoint, seed, draw }: NullSources,
  rows?: readonly RowRange[],
): Promise<StoredValues> {
  const stored = await checkpoint.read(matrix.name, rows);
  const streams = seededStreams(seed, draw, matrix.name);
  // A copy of the bytes, as words of which an edge has some.
  const bytes = new Uint8Array(stored.bytes), size = bytesPerValue.get(stored.dtype)!;
  const words = size === 2 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
  const width = matrix.kernel * size / words.BYTES_PER_ELEMENT;
  if (rows) shuffleWithinRows(words, width, matrix, rowNumbers(rows), streams);
  else if (kind === "permute") shuffleMatrices(words, width, matrix, streams);
  else shuffleWithinColumns(words, width, matrix, streams);
  return { ...stored, bytes };
}

/** Standard deviations of the weights in each matrix of a tensor. */
export async function deviations(
  matrix: StoredMatrix,
  checkpoint: Checkpoint,
): Promise<number[]> {
  const moments = await matrixMoments(checkpoint, matrix);
  return moments.map(({ count, sum, squares }) =>
    Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
  );
}

/** Rows of normal weights with mean 0 and a deviation for each matrix; stream r makes row r. */
export function normalRows(
  matrix: StoredMatrix,
  { seed, draw }: NullSources,
  scales: readonly number[],
  rows: readonly RowRange[],
): StoredValues {
  const streams = seededStreams(seed, draw, matrix.name);
  const size = matrix.columns * matrix.kernel;
  const values = new Float64Array(rowCount(rows) * size);
  let begin = 0;
  for (const row of rowNumbers(rows)) {
    fillNormal(values.subarray(begin, begin += size), streams(row));
  }
  return scaledRows(values, matrix, scales, rows);
}

/** What brings the weights of each untrained matrix to the Frobenius norm of the trained one. */
export async function normRatios(
  matrix: StoredMatrix,
  { checkpoint, untrained }: NullSources,
): Promise<number[]> {
  const trained = await matrixMoments(checkpoint, matrix);
  const before = await matrixMoments(untrained!, matrix);
  return trained.map(({ squares }, part) => {
    const own = before[part]!.squares;
    if (own > 0) return Math.sqrt(squares / own);
    const source = `${matrix.name} of ${untrained!.source}`;
    throw new RangeError(`${source} holds only zeros, which no factor brings to another norm`);
  });
}

/** Rows of the untrained weights times a factor for each matrix. */
export async function rescaledRows(
  matrix: StoredMatrix,
  { untrained }: NullSources,
  scales: readonly number[],
  rows: readonly RowRange[],
): Promise<StoredValues> {
  const values = decodeValues(await untrained!.read(matrix.name, rows));
  return scaledRows(values, matrix, scales, rows);
}

/** Values times the scale of their matrix, as 32-bit floats. */
function scaledRows(
  values: Float64Array,
  matrix: StoredMatrix,
  scales: readonly number[],
  rows: readonly RowRange[],
): StoredValues {
  const { columns, kernel, rowsAreTargets } = matrix;
  const partOf = partOfTargets(matrix);
  const singles = new Float32Array(values.length);
  let k = 0;
  for (const row of rowNumbers(rows)) {
    for (let column = 0; column < columns; column++) {
      const scale = scales[partOf[rowsAreTargets ? row : column]!]!;
      for (const end = k + kernel; k < end; k++) singles[k] = scale * values[k]!;
    }
  }
  return { dtype: "F32", shape: [rowCount(rows)], bytes: new Uint8Array(singles.buffer) };
}

/** The numbers of the rows of some ranges. */
export function* rowNumbers(rows: readonly RowRange[]): Generator<number> {
  for (const { start, end } of rows) for (let row = start; row < end; row++) yield row;
}

/** How many rows some ranges have. */
export function rowCount(rows: readonly RowRange[]): number {
  return rows.reduce((sum, { start, end }) => sum + end - start, 0);
}

/**
 * What has to be read of a checkpoint for some rows of its null model: at least these rows, and where a row is made of its
 * tensor's other rows or of their scale the whole tensor. `rescale` needs the same tensors of the untrained checkpoint too.
 */
export function nullRequests(
  kind: NullKind,
  architecture: Architecture,
  requests: readonly TensorRows[],
): TensorRows[] {
  const whole = new Set(
    architecture.matrices.filter((matrix) =>
      kind === "gaussian" || kind === "rescale" ||
      needsWholeTensor(kind, storedMatrix(matrix, architecture))
    ).map(({ tensor }) => tensor),
  );
  return requests.map((request) => whole.has(request.name) ? { name: request.name } : request);
}

/** Values that are decoded at a time: 16 MiB of doubles. */
const VALUES_TOGETHER = 2 ** 21;

/** How many weights each matrix in a stored tensor has, their sum, and that of their squares. */
async function matrixMoments(checkpoint: Checkpoint, matrix: StoredMatrix) {
  const { name, columns, kernel, rowsAreTargets, parts } = matrix;
  const partOf = partOfTargets(matrix);
  const moments = parts.map(() => ({ count: 0, sum: 0, squares: 0 }));
  // Where weights of one matrix end in a row.
  const ends = rowsAreTargets
    ? [columns]
    : parts.flat().map(({ end }) => end).sort((a, b) => a - b);
  const together = Math.max(1, Math.floor(VALUES_TOGETHER / (columns * kernel)));
  for (let start = 0; start < matrix.rows; start += together) {
    const end = Math.min(matrix.rows, start + together);
    const values = decodeValues(await checkpoint.read(name, [{ start, end }]));
    for (let row = start, k = 0; row < end; row++) {
      for (let column = 0, i = 0; column < columns; column = ends[i++]!) {
        const own = moments[partOf[rowsAreTargets ? row : column]!]!;
        const weights = (ends[i]! - column) * kernel;
        own.count += weights;
        let { sum, squares } = own;
        for (const end = k + weights; k < end; k++) {
          const value = values[k]!;
          sum += value;
          squares += value * value;
        }
        own.sum = sum;
        own.squares = squares;
      }
    }
  }
  if (moments.every(({ squares }) => Number.isFinite(squares))) return moments;
  throw new RangeError(
    `${shownName(name)} of ${checkpoint.source} holds a weight that is not finite, so it has no ` +
      "scale for a null model",
  );
}
