/** The weights between sampled neurons, read from a checkpoint at the cost of the rows that hold them. */
import type { Architecture, WeightMatrix } from "../architectures/architecture.ts";
import {
  type QueryKeyValueLayout,
  queryKeyValueRow,
} from "../architectures/fused_query_key_value.ts";
import type { Checkpoint, FloatType, RowRange } from "../checkpoints/checkpoint.ts";
import { decodeValues, type StoredItems, storedItems } from "../checkpoints/decode_values.ts";
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

/**
 * Read what several samples of one checkpoint need, each matrix once: the union of the samples' rows in
 * merged ranges. Memory is one matrix's rows and the small matrices that are returned.
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
  for (const matrix of architecture.matrices) {
    const wanted = wantedOf(matrix, architecture, samples, options);
    const read = await readRows(checkpoint, matrix, wanted);
    wanted.forEach(({ rows, columns }, i) => {
      const bySource = matrix.orientation === "in, out";
      result[i]!.push(pick(read, rows, columns, bySource));
    });
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

/** The rows that any sample needs, ascending, each once. */
function ascendingRows(wanted: readonly Wanted[]): number[] {
  const all = new Set<number>();
  for (const { rows } of wanted) for (const row of rows) all.add(row);
  return [...all].sort((a, b) => a - b);
}

function singleRows(rows: readonly number[]): RowRange[] {
  return rows.map((row) => ({ start: row, end: row + 1 }));
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

/** The rows read, how many items each has, and where each row stands among them. */
interface ReadRows {
  /** As they are stored, or decoded where something was computed of them. */
  readonly items: StoredItems;
  readonly dtype: FloatType;
  readonly width: number;
  readonly places: ReadonlyMap<number, number>;
}

async function readRows(
  checkpoint: Checkpoint,
  { tensor, rows: outputs, columns: inputs, orientation, kernel }: WeightMatrix,
  wanted: readonly Wanted[],
): Promise<ReadRows> {
  const ascending = ascendingRows(wanted);
  const stored = await checkpoint.read(tensor, singleRows(ascending));
  const read = kernel === 1
    ? { items: storedItems(stored), dtype: stored.dtype }
    : { items: normsOfKernels(decodeValues(stored), kernel), dtype: "F64" as const };
  return {
    ...read,
    width: orientation === "out, in" ? inputs : outputs,
    places: new Map(ascending.map((row, place) => [row, place])),
  };
}

/** Weights at some rows and columns, row-major [rows × columns], or [columns × rows] where sources are columns. */
function pick(
  { items, dtype, width, places }: ReadRows,
  rows: Int32Array,
  columns: Int32Array,
  rowsFirst: boolean,
): Float64Array {
  const shape = [rows.length * columns.length];
  const picked = new (items.constructor as new (length: number) => StoredItems)(shape[0]!);
  const [byRow, byColumn] = rowsFirst ? [columns.length, 1] : [1, rows.length];
  for (let j = 0; j < rows.length; j++) {
    const start = places.get(rows[j]!)! * width;
    for (let i = 0; i < columns.length; i++) {
      picked[j * byRow + i * byColumn] = items[start + columns[i]!]!;
    }
  }
  return decodeValues({ dtype, shape, bytes: new Uint8Array(picked.buffer) });
}
