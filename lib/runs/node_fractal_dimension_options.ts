/** What decides tables of node fractal dimensions. */
import type { NodeFractalDimensionOptions } from "../multifractal/node_fractal_dimension.ts";
import type { NodeFractalDimensionStatisticsOptions } from "../multifractal/node_fractal_dimension_statistics.ts";
import type { AnalysisOptions, NetworkOptions } from "./analysis_options.ts";
import { networkOptions } from "./network_options.ts";

/** The choices that decide the table of a network; {@linkcode AnalysisOptions} has all that are not optional. */
export interface NodeTableOptions
  extends
    NetworkOptions,
    Pick<AnalysisOptions, "nfdThreshold" | "digits">,
    Pick<NodeFractalDimensionOptions, "minimumEdges"> {}

/** The choices that decide all tables of a model; {@linkcode AnalysisOptions} has all that are not optional. */
export interface NodeTablesOptions
  extends NodeTableOptions, NodeFractalDimensionStatisticsOptions {}

/** Only what decides the table of a network, completed, in a fixed order. */
export function nodeTableOptions(options: NodeTableOptions): Required<NodeTableOptions> {
  const { nfdThreshold, digits, minimumEdges = 10 } = options;
  return { ...networkOptions(options), nfdThreshold, digits, minimumEdges };
}

/** Only what decides the tables of a model, completed, in a fixed order. */
export function nodeTablesOptions(options: NodeTablesOptions): Required<NodeTablesOptions> {
  const { includeStructural = false } = options;
  return { ...nodeTableOptions(options), includeStructural };
}

/** Name the first choice in which two differ, with both values; `null` where those that both have agree. */
export function firstDifferentChoice<Options extends object>(
  one: Options,
  other: Options,
): { name: string; values: [unknown, unknown] } | null {
  for (const [name, value] of Object.entries(one)) {
    const otherValue: unknown = (other as Record<string, unknown>)[name];
    if (value !== otherValue) return { name, values: [value, otherValue] };
  }
  return null;
}
