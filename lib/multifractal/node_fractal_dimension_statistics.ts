/** What the fractal dimensions of a network's nodes are like together. */
// @ts-types="@types/d3-array"
import { deviation, extent, mean, median } from "d3-array";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import type { NodeFractalDimensionRow } from "./node_fractal_dimension_tables.ts";

/** Statistics of node fractal dimensions by their columns; NaN where `count` is 0. */
export interface NodeFractalDimensionStatistics {
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

/** Which nodes the statistics are over. */
export interface NodeFractalDimensionStatisticsOptions {
  /**
   * Whether nodes that can never have a dimension (status `never`) count as 0, as in the published averages; left
   * out unless given.
   */
  readonly includeStructural?: boolean;
}

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
 * import { nodeFractalDimensionStatistics } from "neuromfa";
 *
 * const nodes = [
 *   { nfd_value: 1, status: "ok" },
 *   { nfd_value: 0.5, status: "ok" },
 *   { nfd_value: 0, status: "never" },
 * ];
 * equal(nodeFractalDimensionStatistics(nodes).mean, 0.75);
 * equal(nodeFractalDimensionStatistics(nodes, { includeStructural: true }).mean, 0.5);
 * ```
 */
export function nodeFractalDimensionStatistics(
  nodes: readonly Pick<NodeFractalDimensionRow, "nfd_value" | "status">[],
  options: NodeFractalDimensionStatisticsOptions = {},
): NodeFractalDimensionStatistics {
  refuseUnknownOptions("nodeFractalDimensionStatistics", options, ["includeStructural"]);
  const { includeStructural = false } = options;
  const values = nodes.filter(({ status }) => includeStructural || status !== "never")
    .map(({ nfd_value }) => nfd_value);
  const [min = NaN, max = NaN] = extent(values);
  return {
    mean: mean(values) ?? NaN,
    median: median(values) ?? NaN,
    std: deviation(values) ?? NaN,
    min,
    max,
    range: max - min,
    count: values.length,
  };
}
