/** The weights between sampled neurons, read from a checkpoint at the cost of the rows that hold them. */
import type { Architecture, WeightMatrix } from "../architectures/architecture.ts";
import {
  type QueryKeyValueLayout,
  queryKeyValueRow,
} from "../architectures/fused_query_key_value.ts";
import type { Checkpoint, RowRange } from "../checkpoints/checkpoint.ts";
import { decodeValues } from "../checkpoints/decode_values.ts";
import type { BlockWeights } from "./block_links.ts";
import { type BlockStep, linkedNeurons, type SampledEdges } from "./linked_neurons.ts";
import type { NodeSample } from "./node_sample.ts";

/** The step through a block that a matrix makes, by its role. */
const STEP_OF_ROLE: Readonly<Record<string, Exclude<BlockStep, "attention">>> = {
  "attention.query_key_value": "queryKeyValue",
  "attention.dense": "dense",
  "mlp.dense_h_to_4h": "denseHTo4h",
  "mlp.dense_4h_to_h": "dense4hToH",
};

/** How weights are read. */
export interface ReadBlockWeightsOptions {
  /** Which stored rows are a neuron's query, key and value. */
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
 * @returns For each sample, the weights of each block, row-major [sources × targets] in the order drawn.
 * @throws {Error} If a matrix cannot be read, or `per-head` is asked for without a number of heads.
 */
export async function readBlockWeights(
  checkpoint: Checkpoint,
  architecture: Architecture,
  samples: readonly NodeSample[],
  { qkv, edges }: ReadBlockWeightsOptions,
): Promise<BlockWeights[][]> {
  const { blocks, hidden } = architecture;
  const neurons = samples.map((sample) => linkedNeurons(sample, hidden, edges));
  const result = samples.map(() =>
    Array.from({ length: blocks }, () => ({}) as Record<string, Float64Array>)
  );
  for (const matrix of architecture.matrices) {
    const step = STEP_OF_ROLE[matrix.role]!;
    const wanted = neurons.map((sample) => {
      const { sources, targets } = sample[matrix.block]![step];
      return { sources, rows: step === "queryKeyValue" ? fusedRows(targets) : targets };
    });
    const read = await readRows(checkpoint, matrix, wanted.map(({ rows }) => rows));
    wanted.forEach(({ sources, rows }, i) =>
      result[i]![matrix.block]![step] = pick(read, rows, sources, matrix.columns)
    );
  }
  return result as unknown as BlockWeights[][];

  /** Stored rows of fused targets: part · h + neuron, as ids count them. */
  function fusedRows(targets: Int32Array): Int32Array {
    return targets.map((target) => {
      const part = Math.floor(target / hidden) as 0 | 1 | 2;
      return queryKeyValueRow(qkv, part, target % hidden, architecture);
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
  rows: readonly Int32Array[],
): Promise<ReadRows> {
  const wanted = new Set<number>();
  for (const some of rows) for (const row of some) wanted.add(row);
  const ascending = [...wanted].sort((a, b) => a - b);
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
