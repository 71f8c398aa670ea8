/** The weights between sampled neurons, read from a checkpoint at the cost of the rows that hold them. */
import type { Architecture, WeightMatrix } from "../architectures/architecture.ts";
import {
  type QueryKeyValueLayout,
  queryKeyValueRow,
} from "../architectures/fused_query_key_value.ts";
import type { Checkpoint, RowRange, StoredValues } from "../checkpoints/checkpoint.ts";
import { decodeValues, type StoredItems, storedItems } from "../checkpoints/decode_values.ts";
import { bytesPerValue } from "../checkpoints/dtypes.ts";
import type { TensorRows } from "../checkpoints/weights.ts";
import { normsOfKernels } from "./kernel_norm.ts";
import { linkedNeurons, type SampledEdges } from "./linked_neurons.ts";
import type { NodeSample } from "./node_sample.ts";

/** How weights are read. */
export interface ReadWeightsOptions {
  /** Which stored rows are a neuron's query, key and value, where they are fused per head. */
  readonly qkv: QueryKeyValueLayout;
  /** Which out-edges of the sampled neurons are read. */
  readonly edges: SampledEdges;
}

/** Bytes that are read together: the matrices of a small model, or a few of a large one. */
const MOST_BYTES = 2 ** 22;

/** Memory that nobody reads into now: it is used again, since new memory takes longer to get than to fill. */
const idle: Uint8Array<ArrayBuffer>[] = [];

/**
 * Read what several samples of one checkpoint need, each matrix once: the union of the samples' rows in
 * merged ranges. Memory is some matrices' rows and the small matrices that are returned.
 *
 * @param checkpoint The checkpoint to read from.
 * @param architecture Its matrices.
 * @param samples The neurons drawn.
 * @param options Layout of query, key and value, and kind of edges.
 * @returns For each sample, the weights of each matrix, row-major [sources × targets] in the order drawn.
 * @throws {Error} If a matrix cannot be read, or `per-head` is asked for without a number of heads.
 */
export async function readWeights(
  checkpoint: Checkpoint,
  architecture: Architecture,
  samples: readonly NodeSample[],
  options: ReadWeightsOptions,
): Promise<Float64Array[][]> {
  const result: Float64Array[][] = samples.map(() => []);
  const memory = idle.pop() ?? new Uint8Array(MOST_BYTES);
  try {
    let some: WantedOfMatrix[] = [], bytes = 0;
    const readSome = async () => {
      const read = await readTogether(checkpoint, some, memory);
      some.forEach((of, i) => pickAll(of, read[i]!, result));
      [some, bytes] = [[], 0];
    };
    for (const matrix of architecture.matrices) {
      const wanted = wantedOf(matrix, architecture, samples, options);
      const rows = ascendingRows(wanted);
      const more = rows.length * rowBytes(checkpoint, matrix);
      if (some.length > 0 && bytes + more > MOST_BYTES) await readSome();
      some.push({ matrix, wanted, rows });
      bytes += more;
    }
    if (some.length > 0) await readSome();
  } finally {
    idle.push(memory);
  }
  return result;
}

/**
 * The rows that {@linkcode readWeights} will ask for, so that a source that is far away can bring them all together.
 *
 * @param architecture The checkpoint's matrices.
 * @param samples The neurons drawn.
 * @param options Layout of query, key and value, and kind of edges.
 */
export function weightRequests(
  architecture: Architecture,
  samples: readonly NodeSample[],
  options: ReadWeightsOptions,
): TensorRows[] {
  return architecture.matrices.map((matrix) => ({
    name: matrix.tensor,
    rows: singleRows(ascendingRows(wantedOf(matrix, architecture, samples, options))),
  }));
}

/** What one sample needs of a matrix: stored rows and columns. */
interface Wanted {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

function wantedOf(
  matrix: WeightMatrix,
  { layers, heads }: Architecture,
  samples: readonly NodeSample[],
  { qkv, edges }: ReadWeightsOptions,
): Wanted[] {
  return samples.map((sample) => {
    const { sources, targets } = linkedNeurons(matrix, layers, sample, edges);
    const outputs = storedOutputs(matrix, targets, qkv, heads);
    return matrix.orientation === "out, in"
      ? { rows: outputs, columns: sources }
      : { rows: sources, columns: outputs };
  });
}

/** What is needed of one matrix: by each sample, and by any of them, those rows ascending and each once. */
interface WantedOfMatrix {
  readonly matrix: WeightMatrix;
  readonly wanted: readonly Wanted[];
  readonly rows: Int32Array;
}

/** The rows that any sample needs, ascending, each once. */
function ascendingRows(wanted: readonly Wanted[]): Int32Array {
  const all = new Int32Array(wanted.reduce((sum, { rows }) => sum + rows.length, 0));
  let filled = 0;
  for (const { rows } of wanted) {
    all.set(rows, filled);
    filled += rows.length;
  }
  return all.sort().filter((row, i) => i === 0 || row !== all[i - 1]);
}

function singleRows(rows: Int32Array): RowRange[] {
  return Array.from(rows, (row) => ({ start: row, end: row + 1 }));
}

function rowBytes({ tensors }: Checkpoint, matrix: WeightMatrix): number {
  return widthOf(matrix) * matrix.kernel *
    (bytesPerValue.get(tensors.get(matrix.tensor)?.dtype ?? "F64") ?? 8);
}

/** How many weights a stored row holds. */
function widthOf({ orientation, rows, columns }: WeightMatrix): number {
  return orientation === "out, in" ? columns : rows;
}

/** Where a matrix stores the neurons that it leads to. */
function storedOutputs(
  { first, rows, fused }: WeightMatrix,
  targets: Int32Array,
  qkv: QueryKeyValueLayout,
  heads: number | null,
): Int32Array {
  if (!fused) return targets.map((target) => target - first);
  const hidden = rows / 3;
  return targets.map((target) => {
    const part = Math.floor(target / hidden) as 0 | 1 | 2;
    return queryKeyValueRow(qkv, part, target % hidden, { hidden, heads });
  });
}

/** Read the rows of some matrices, at once where the checkpoint can. */
async function readTogether(
  checkpoint: Checkpoint,
  some: readonly WantedOfMatrix[],
  memory: Uint8Array<ArrayBuffer>,
): Promise<StoredValues[]> {
  const requests = some.map(({ matrix, rows }) => ({
    name: matrix.tensor,
    rows: singleRows(rows),
  }));
  if (checkpoint.readAll) return await checkpoint.readAll(requests, memory);
  const read: StoredValues[] = [];
  for (const { name, rows } of requests) read.push(await checkpoint.read(name, rows));
  return read;
}

/** Add what each sample needs of a matrix to the samples' weights. */
function pickAll(
  { matrix, wanted, rows }: WantedOfMatrix,
  stored: StoredValues,
  samples: readonly Float64Array[][],
): void {
  const { kernel, orientation } = matrix;
  const items = kernel === 1 ? storedItems(stored) : normsOfKernels(decodeValues(stored), kernel);
  const dtype = kernel === 1 ? stored.dtype : "F64", width = widthOf(matrix);
  const starts = new Int32Array((rows.at(-1) ?? -1) + 1);
  rows.forEach((row, place) => starts[row] = place * width);
  wanted.forEach(({ rows, columns }, i) => {
    const firsts = rows.map((row) => starts[row]!);
    const picked = pick(items, firsts, columns, orientation === "in, out");
    const bytes = new Uint8Array(picked.buffer);
    samples[i]!.push(decodeValues({ dtype, shape: [picked.length], bytes }));
  });
}

/** The items at some rows and columns, row-major [rows × columns], or [columns × rows] where sources are columns. */
function pick(
  items: StoredItems,
  starts: Int32Array,
  columns: Int32Array,
  rowsFirst: boolean,
): StoredItems {
  const length = starts.length * columns.length;
  const picked = new (items.constructor as new (length: number) => StoredItems)(length);
  const [byRow, byColumn] = rowsFirst ? [columns.length, 1] : [1, starts.length];
  for (let j = 0; j < starts.length; j++) {
    const start = starts[j]!;
    for (let i = 0, to = j * byRow; i < columns.length; i++, to += byColumn) {
      picked[to] = items[start + columns[i]!]!;
    }
  }
  return picked;
}
