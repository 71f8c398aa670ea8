/** The weights between sampled neurons, read from a checkpoint at the cost of the rows that hold them. */

import type { Architecture, WeightMatrix } from "../architectures/architecture.ts";
import type { Checkpoint, StoredValues, TensorRows } from "../checkpoints/checkpoint.ts";
import {
  bytesPerValue,
  decodeValues,
  type StoredItems,
  storedItems,
} from "../checkpoints/decode_values.ts";
import { normsOfKernels } from "./kernel_norm.ts";
import type { NodeSample } from "./sample_nodes.ts";
import { groupedRow, queryKeyValueRow } from "../architectures/fused_query_key_value.ts";
import type { QueryKeyValueLayout, SampledEdges } from "../options/values.ts";
import { linkedNeurons } from "./link_layers.ts";

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
      const size = bytesPerValue.get(checkpoint.tensors.get(matrix.tensor)?.dtype ?? "F64") ?? 8;
      const more = of.rows.length * widthOf(matrix) * matrix.kernel * size;
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
  const { kernel } = matrix, width = widthOf(matrix);
  const items = kernel === 1 ? storedItems(stored) : normsOfKernels(decodeValues(stored), kernel);
  const dtype = kernel === 1 ? stored.dtype : "F64";
  const starts = new Int32Array((rows.at(-1) ?? -1) + 1);
  rows.forEach((row, place) => starts[row] = place * width);
  wanted.forEach(({ rows, columns }, i) => {
    const firsts = rows.map((row) => starts[row]!);
    const picked = pick(items, firsts, columns, matrix.orientation === "in, out");
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

/** How weights are read. */
export interface ReadWeightsOptions {
  /** Which stored rows are a neuron's query, key and value, where they are fused per head. */
  readonly qkv: QueryKeyValueLayout;
  readonly edges: SampledEdges;
}

/** What is needed of one matrix: the stored rows and columns of each sample. */
interface WantedOfMatrix {
  readonly matrix: WeightMatrix;
  readonly wanted: readonly { readonly rows: Int32Array; readonly columns: Int32Array }[];
  /** The rows that any sample needs, ascending, each once. */
  readonly rows: Int32Array;
}

/** The rows that {@linkcode readWeights} will ask for, to bring them together from far away. */
export function weightRequests(
  architecture: Architecture,
  samples: readonly NodeSample[],
  options: ReadWeightsOptions,
): TensorRows[] {
  return architecture.matrices.map((matrix) =>
    requestOf(wantedOf(matrix, architecture, samples, options))
  );
}

/** What some samples need of a matrix. */
function wantedOf(
  matrix: WeightMatrix,
  { layers, heads }: Architecture,
  samples: readonly NodeSample[],
  { qkv, edges }: ReadWeightsOptions,
): WantedOfMatrix {
  const wanted = samples.map((sample) => {
    const { sources, targets } = linkedNeurons(matrix, layers, sample, edges);
    const outputs = storedOutputs(matrix, targets, qkv, heads);
    return matrix.orientation === "out, in"
      ? { rows: outputs, columns: sources }
      : { rows: sources, columns: outputs };
  });
  const rows = Int32Array.from(new Set(wanted.flatMap(({ rows }) => [...rows]))).sort();
  return { matrix, wanted, rows };
}

/** What is to be asked of a checkpoint: row by row, for a source merges those that follow each other. */
function requestOf({ matrix, rows }: WantedOfMatrix): TensorRows {
  return { name: matrix.tensor, rows: Array.from(rows, (row) => ({ start: row, end: row + 1 })) };
}

/** Where a matrix stores the neurons that it leads to. */
function storedOutputs(
  { first, rows, fused, groups }: WeightMatrix,
  targets: Int32Array,
  qkv: QueryKeyValueLayout,
  heads: number | null,
): Int32Array {
  if (groups) return targets.map((target) => groupedRow(target - first, rows, groups));
  if (!fused) return targets.map((target) => target - first);
  const hidden = rows / 3;
  return targets.map((target) => {
    const part = Math.floor(target / hidden) as 0 | 1 | 2;
    return queryKeyValueRow(qkv, part, target % hidden, { hidden, heads });
  });
}
