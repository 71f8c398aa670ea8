/** What decides tables of node fractal dimensions. */
import type { NodeFractalDimensionOptions } from "../multifractal/node_fractal_dimension.ts";
import type { NodeFractalDimensionStatisticsOptions } from "../multifractal/node_fractal_dimension_statistics.ts";
import type { SampleNumber } from "../multifractal/sample_number.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { type FullAnalysisOptions, isFull } from "./full_analysis_options.ts";
import { type NetworkOptions, networkOptions } from "./network_options.ts";

/** The choices that decide the table of a network; {@linkcode AnalysisOptions} has all that are not optional. */
export interface NodeTableOptions
  extends
    NetworkOptions,
    Pick<AnalysisOptions, "nfdThreshold" | "digits">,
    Pick<NodeFractalDimensionOptions, "minimumEdges"> {}

/** The choices that decide all tables of a model; {@linkcode AnalysisOptions} has all that are not optional. */
export interface NodeTablesOptions
  extends NodeTableOptions, NodeFractalDimensionStatisticsOptions, Pick<AnalysisOptions, "only"> {}

/** Only what decides the table of a network, completed, in a fixed order. */
export function nodeTableOptions(options: NodeTableOptions): Required<NodeTableOptions> {
  const { nfdThreshold, digits, minimumEdges = 10 } = options;
  return { ...networkOptions(options), nfdThreshold, digits, minimumEdges };
}

/** The choices that decide all tables of a model's full networks. */
export interface FullNodeTablesOptions
  extends
    NodeFractalDimensionStatisticsOptions,
    Pick<FullAnalysisOptions, "network" | "nfdThreshold" | "digits" | "only">,
    Pick<NodeFractalDimensionOptions, "minimumEdges"> {}

/** The choices that decided the tables of a model, all of them. */
export type NodeTablesChoices =
  & Required<NodeFractalDimensionStatisticsOptions & Pick<NodeTableOptions, "minimumEdges">>
  & Pick<AnalysisOptions, "nfdThreshold" | "digits" | "only">
  & (NetworkOptions | Pick<FullAnalysisOptions, "network">);

/** Only what decides the tables of a model, completed, in a fixed order. */
export function nodeTablesOptions(
  options: NodeTablesOptions | FullNodeTablesOptions,
): NodeTablesChoices {
  const { includeStructural = false, only } = options;
  const some = only === undefined ? {} : { only };
  if (!isFull(options)) return { ...nodeTableOptions(options), includeStructural, ...some };
  const { network, nfdThreshold, digits, minimumEdges = 10 } = options;
  return { network, nfdThreshold, digits, minimumEdges, includeStructural, ...some };
}

/** The samples that tables are about: their numbers, or `full`. */
export function samplesOf(options: NetworkOptions | { readonly network: "full" }): SampleNumber[] {
  return isFull(options) ? ["full"] : Array.from({ length: options.samples }, (_, k) => k);
}

/** Name the first choice in which two differ, with both values; `null` where those that both have agree. */
export function firstDifferentChoice<Options extends object>(
  one: Options,
  other: Options,
): { name: string; values: [unknown, unknown] } | null {
  for (const [name, value] of Object.entries(one)) {
    const otherValue: unknown = (other as Record<string, unknown>)[name];
    if (JSON.stringify(value) === JSON.stringify(otherValue)) continue;
    return { name, values: [value, otherValue ?? "not given"] };
  }
  return null;
}
