/** Node fractal dimensions as tables: a row a node, a row a training step, and a row a model. */
import type { NeuronInteractionNetwork } from "../networks/neuron_interaction_network.ts";
import type { NodeFractalDimension } from "./node_fractal_dimension.ts";
import type { NodeFractalDimensionStatistics } from "./node_fractal_dimension_statistics.ts";

/** One node, under the names of the columns of `nfd_<model>_step<N>_sample<k>.csv`. */
export interface NodeFractalDimensionRow {
  /** The node's id in the network. */
  readonly node_id: number;
  /** Name of the node's layer, unique in the network, e.g. `block 3 attention output`. */
  readonly layer: string;
  /** What the layer's neurons are, the same in each block, e.g. `attention output`. */
  readonly role: string;
  /** The dimension; 0 unless the status is `ok`, as in the published tables. */
  readonly nfd_value: number;
  /** Edges of length 0 < d ≤ threshold. */
  readonly edges: number;
  /** `ok`, or why the node has no dimension; `never` where nothing could give it one. */
  readonly status: string;
}

/** One step of one sample, under the names of the columns of `nfd_evolution_<model>_sample<k>.csv`. */
export interface NodeFractalDimensionEvolutionRow extends NodeFractalDimensionStatistics {
  /** The training step. */
  readonly step: number;
}

/** One model, under the names of the columns of `nfd_comparison_step<N>_sample<k>.csv`. */
export interface NodeFractalDimensionComparisonRow extends NodeFractalDimensionStatistics {
  /** The model's name. */
  readonly model: string;
  /** Number of weights, counted in the checkpoint. */
  readonly model_size: number;
}

/**
 * The table of a network's node fractal dimensions.
 *
 * @param network The network that was measured.
 * @param nodes Its nodes, as {@linkcode nodeFractalDimensions} gives them.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { nodeFractalDimensions, nodeFractalDimensionTable } from "neuromfa";
 *
 * const network = {
 *   nodeIds: Int32Array.of(7),
 *   nodeLayers: Uint16Array.of(0),
 *   layers: [{ name: "block 0 input", block: 0, role: "input", size: 4, learned: true }],
 *   offsets: Uint32Array.of(0, 7),
 *   lengths: Float64Array.of(1, 4, 4, 4, 4, 4, 4),
 * };
 * const [row] = nodeFractalDimensionTable(network, nodeFractalDimensions(network));
 * equal(row!.layer, "block 0 input");
 * equal(row!.status, "never"); // 7 edges; it takes more than 10
 * ```
 */
export function nodeFractalDimensionTable(
  { layers }: Pick<NeuronInteractionNetwork, "layers">,
  nodes: readonly NodeFractalDimension[],
): NodeFractalDimensionRow[] {
  return nodes.map(({ nodeId, layer, value, edges, status }) => ({
    node_id: nodeId,
    layer: layers[layer]!.name,
    role: layers[layer]!.role,
    nfd_value: value,
    edges,
    status,
  }));
}
