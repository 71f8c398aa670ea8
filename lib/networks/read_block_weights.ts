/** The weights between sampled neurons, read from a checkpoint at the cost of the rows that hold them. */
import type { Architecture, WeightMatrix } from "../architectures/architecture.ts";
import {
  type QueryKeyValueLayout,
  queryKeyValueRow,
} from "../architectures/fused_query_key_value.ts";
import type { Checkpoint, RowRange } from "../checkpoints/checkpoint.ts";
import { decodeValues } from "../checkpoints/decode_values.ts";
import type { BlockWeights } from "./block_links.ts";
import type { NodeSample } from "./node_sample.ts";

/** Where a matrix's sources and targets stand in a sample, and the name its weights go by. */
const ENDS = [
  { role: "attention.query_key_value", name: "queryKeyValue", from: "n1", to: "n2" },
  { role: "attention.dense", name: "dense", from: "n3", to: "n4" },
  { role: "mlp.dense_h_to_4h", name: "denseHTo4h", from: "n4", to: "n5" },
  { role: "mlp.dense_4h_to_h", name: "dense4hToH", from: "n5", to: "n6" },
] as const;

/**
 * Read what several samples of one checkpoint need, each matrix once: the union of the samples' rows in
 * merged ranges. Memory is one matrix's rows and the small matrices that are returned.
 *
 * @param checkpoint The checkpoint to read from.
 * @param architecture Its matrices.
 * @param samples The neurons drawn.
 * @param layout Which stored rows are a neuron's query, key and value.
 * @returns For each sample, the weights of each block, row-major [sources × targets] in the order drawn.
 * @throws {Error} If a matrix cannot be read, or `per-head` is asked for without a number of heads.
 */
export async function readBlockWeights(
  checkpoint: Checkpoint,
  architecture: Architecture,
  samples: readonly NodeSample[],
  layout: QueryKeyValueLayout,
): Promise<BlockWeights[][]> {
  const result = samples.map(() =>
    Array.from({ length: architecture.blocks }, () => ({}) as Record<string, Float64Array>)
  );
  for (const matrix of architecture.matrices) {
    const ends = ENDS.find(({ role }) => role === matrix.role)!;
    const wanted = samples.map((sample) => {
      const block = sample.blocks[matrix.block]!;
      const neurons = { ...block, n6: sample.blocks[matrix.block + 1]?.n1 ?? sample.n6 };
      return { columns: neurons[ends.from], rows: storedRows(neurons[ends.to], ends.name) };
    });
    const read = await readRows(checkpoint, matrix, wanted.flatMap(({ rows }) => [...rows]));
    wanted.forEach(({ rows, columns }, i) =>
      result[i]![matrix.block]![ends.name] = pick(read, rows, columns, matrix.columns)
    );
  }
  return result as unknown as BlockWeights[][];

  function storedRows(targets: Int32Array, name: string): Int32Array {
    if (name !== "queryKeyValue") return targets;
    const { hidden } = architecture;
    return targets.map((target) => {
      const part = Math.floor(target / hidden) as 0 | 1 | 2;
      return queryKeyValueRow(layout, part, target % hidden, architecture);
    });
  }
}

/** Values of the rows read, and where each row stands among them. */
interface ReadRows {
  readonly values: Float64Array;
  readonly places: ReadonlyMap<number, number>;
}

async function readRows(
  checkpoint: Checkpoint,
  matrix: WeightMatrix,
  rows: readonly number[],
): Promise<ReadRows> {
  const ascending = [...new Set(rows)].sort((a, b) => a - b);
  const ranges: RowRange[] = ascending.map((row) => ({ start: row, end: row + 1 }));
  return {
    values: decodeValues(await checkpoint.read(matrix.tensor, ranges)),
    places: new Map(ascending.map((row, place) => [row, place])),
  };
}

/** Stored `[target, source]` weights as row-major [sources × targets]. */
function pick(
  { values, places }: ReadRows,
  rows: Int32Array,
  columns: Int32Array,
  width: number,
): Float64Array {
  const picked = new Float64Array(columns.length * rows.length);
  for (let j = 0; j < rows.length; j++) {
    const start = places.get(rows[j]!)! * width;
    for (let i = 0; i < columns.length; i++) {
      picked[i * rows.length + j] = values[start + columns[i]!]!;
    }
  }
  return picked;
}
