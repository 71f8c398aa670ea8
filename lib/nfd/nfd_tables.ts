/** Node fractal dimensions as tables: a row a node, a row a training step, and a row a model. */

import type { NeuronInteractionNetwork } from "../networks/network.ts";
import type { Nfd } from "./nfd.ts";
// @ts-types="@types/d3-array"
import { deviation, extent, mean, median } from "d3-array";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";

/** One node, under the names of the columns of `nfd_<model>_step<N>_sample<k>.csv`. */
export interface NfdRow {
  /** The node's id in the network. */
  readonly nodeId: number;
  /** Name of the node's layer, unique in the network, e.g. `block 3 attention output`. */
  readonly layer: string;
  /** What the layer's neurons are, the same in each block, e.g. `attention output`. */
  readonly role: string;
  /** The dimension; 0 unless the status is `ok`, as in the published tables. */
  readonly nfdValue: number;
  /** Edges of length 0 < d ≤ threshold. */
  readonly edges: number;
  /** `ok`, or why the node has no dimension; `never` where nothing could give it one. */
  readonly status: string;
}

/** One step of one sample, under the names of the columns of `nfd_evolution_<model>_sample<k>.csv`. */
export interface NfdEvolutionRow extends NfdStatistics {
  /** The training step. */
  readonly step: number;
}

/** One model, under the names of the columns of `nfd_comparison_step<N>_sample<k>.csv`. */
export interface NfdComparisonRow extends NfdStatistics {
  /** The model's name. */
  readonly model: string;
  /** Number of weights, counted in the checkpoint. */
  readonly modelSize: number;
}

/**
 * The table of a network's node fractal dimensions.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { measureNfd, nfdTable } from "neuromfa/multifractal";
 *
 * const network = {
 *   nodeIds: Int32Array.of(7), nodeLayers: Uint16Array.of(0),
 *   layers: [{ name: "block 0 input", block: 0, role: "input", size: 4, learned: true }],
 *   offsets: Uint32Array.of(0, 7), lengths: Float64Array.of(1, 4, 4, 4, 4, 4, 4),
 * };
 * const [row] = nfdTable(network, measureNfd(network));
 * equal(row!.layer, "block 0 input");
 * equal(row!.status, "never"); // 7 edges; it takes more than 10
 * ```
 */
export function nfdTable(
  { layers }: Pick<NeuronInteractionNetwork, "layers">,
  nodes: readonly Nfd[],
): NfdRow[] {
  return nodes.map(({ nodeId, layer, value: nfdValue, edges, status }) => {
    const { name, role } = layers[layer]!;
    return { nodeId, layer: name, role, nfdValue, edges, status };
  });
}

/** Statistics of node fractal dimensions by their columns; NaN where `count` is 0. */
export interface NfdStatistics {
  /** Arithmetic mean. */
  readonly mean: number;
  /** Middle value, or the mean of the two middle ones. */
  readonly median: number;
  /** Standard deviation with n − 1 in the denominator, as pandas takes it; NaN for a single node. */
  readonly std: number;
  /** Smallest dimension. */
  readonly min: number;
  /** Largest dimension. */
  readonly max: number;
  /** `max − min`. */
  readonly range: number;
  /** Nodes that the statistics are over; 0 where none can have a dimension. */
  readonly count: number;
}

/** Whether nodes that can never have a dimension (status `never`) count as 0, as published. */
export type NfdStatisticsOptions = SomeOptions<"includeStructural">;

/**
 * The statistics of a network's node fractal dimensions. A node that could have a dimension but has none
 * counts as 0; one that never could is left out unless `includeStructural` is set. Where no node is left, as in a
 * network of too few edges, the count is 0 and the rest is NaN; the `status` of each node says why.
 *
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { nfdStatistics } from "neuromfa/multifractal";
 *
 * const nodes = [
 *   { nfdValue: 1, status: "ok" },
 *   { nfdValue: 0.5, status: "ok" },
 *   { nfdValue: 0, status: "never" },
 * ];
 * equal(nfdStatistics(nodes).mean, 0.75);
 * equal(nfdStatistics(nodes, { includeStructural: true }).mean, 0.5);
 * ```
 */
export function nfdStatistics(
  nodes: readonly Pick<NfdRow, "nfdValue" | "status">[],
  options: NfdStatisticsOptions = {},
): NfdStatistics {
  const table = pick(OPTIONS, ["includeStructural"]);
  const { includeStructural } = readOptions("nfdStatistics", table, options);
  const values = nodes.filter(({ status }) => includeStructural || status !== "never")
    .map(({ nfdValue }) => nfdValue);
  const [min = NaN, max = NaN] = extent(values);
  return {
    ...{ mean: mean(values) ?? NaN, median: median(values) ?? NaN, std: deviation(values) ?? NaN },
    ...{ min, max, range: max - min, count: values.length },
  };
}
