/** The weights between sampled neurons, read from a checkpoint at the cost of the rows that hold them. */

import type { Architecture, WeightMatrix } from "../architectures/architecture.ts";
import type { Checkpoint, StoredValues } from "../checkpoints/checkpoint.ts";
import {
  bytesPerValue,
  decodeValues,
  type StoredItems,
  storedItems,
} from "../checkpoints/decode_values.ts";
import { normsOfKernels } from "./kernel_norm.ts";
import type { NodeSample } from "./sample_nodes.ts";
import {
  type ReadWeightsOptions,
  requestOf,
  wantedOf,
  type WantedOfMatrix,
} from "./wanted_rows.ts";

/** Bytes that are read together: the matrices of a small model, or a few of a large one. */
const MOST_BYTES = 2 ** 22;

/** Memory that nobody reads into now: it is used again, since new memory takes longer to get than to fill. */
const idle: Uint8Array<ArrayBuffer>[] = [];

/**
 * Read what several samples of one checkpoint need, each matrix once: the union of the samples' rows in
 * merged ranges. Memory is some matrices' rows and the small matrices that are returned.
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
      const of = wantedOf(matrix, architecture, samples, options);
      const more = of.rows.length * rowBytes(checkpoint, matrix);
      if (some.length > 0 && bytes + more > MOST_BYTES) await readSome();
      some.push(of);
      bytes += more;
    }
    if (some.length > 0) await readSome();
  } finally {
    idle.push(memory);
  }
  return result;
}

function rowBytes({ tensors }: Checkpoint, matrix: WeightMatrix): number {
  return widthOf(matrix) * matrix.kernel *
    (bytesPerValue.get(tensors.get(matrix.tensor)?.dtype ?? "F64") ?? 8);
}

/** How many weights a stored row holds. */
function widthOf({ orientation, rows, columns }: WeightMatrix): number {
  return orientation === "out, in" ? columns : rows;
}

/** Read the rows of some matrices, at once where the checkpoint can. */
async function readTogether(
  checkpoint: Checkpoint,
  some: readonly WantedOfMatrix[],
  memory: Uint8Array<ArrayBuffer>,
): Promise<StoredValues[]> {
  const requests = some.map(requestOf);
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
