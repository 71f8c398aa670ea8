/** Which rows and columns of stored matrices hold the weights between sampled neurons. */

import type { Architecture, WeightMatrix } from "../architectures/architecture.ts";
import { groupedRow, queryKeyValueRow } from "../architectures/fused_query_key_value.ts";
import type { QueryKeyValueLayout, SampledEdges } from "../options/values.ts";
import type { TensorRows } from "../checkpoints/checkpoint.ts";
import { linkedNeurons } from "./link_layers.ts";
import type { NodeSample } from "./sample_nodes.ts";

/** How weights are read. */
export interface ReadWeightsOptions {
  /** Which stored rows are a neuron's query, key and value, where they are fused per head. */
  readonly qkv: QueryKeyValueLayout;
  /** Which out-edges of the sampled neurons are read. */
  readonly edges: SampledEdges;
}

/** What one sample needs of a matrix: stored rows and columns. */
export interface Wanted {
  /** The stored rows, in the order wanted. */
  readonly rows: Int32Array;
  /** The stored columns, in the order wanted. */
  readonly columns: Int32Array;
}

/** What is needed of one matrix. */
export interface WantedOfMatrix {
  /** The matrix. */
  readonly matrix: WeightMatrix;
  /** What each sample needs of it. */
  readonly wanted: readonly Wanted[];
  /** The rows that any sample needs, ascending, each once. */
  readonly rows: Int32Array;
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
  return architecture.matrices.map((matrix) =>
    requestOf(wantedOf(matrix, architecture, samples, options))
  );
}

/** What some samples need of a matrix. */
export function wantedOf(
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
  return { matrix, wanted, rows: ascendingRows(wanted) };
}

/** What is to be asked of a checkpoint: row by row, for a source merges those that follow each other. */
export function requestOf({ matrix, rows }: WantedOfMatrix): TensorRows {
  return {
    name: matrix.tensor,
    rows: Array.from(rows, (row) => ({ start: row, end: row + 1 })),
  };
}

function ascendingRows(wanted: readonly Wanted[]): Int32Array {
  const all = new Int32Array(wanted.reduce((sum, { rows }) => sum + rows.length, 0));
  let filled = 0;
  for (const { rows } of wanted) {
    all.set(rows, filled);
    filled += rows.length;
  }
  return all.sort().filter((row, i) => i === 0 || row !== all[i - 1]);
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
