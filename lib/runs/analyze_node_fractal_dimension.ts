/** From the name of a model to its tables of node fractal dimensions. */
import type { NodeFractalDimensionEvolutionRow } from "../multifractal/node_fractal_dimension_tables.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import type { FullNodeTablesOptions, NodeTablesOptions } from "./node_fractal_dimension_options.ts";
import type { NodeFractalDimensionRecord } from "./node_fractal_dimension_record.ts";
import { analyzeRun, type AnalyzeRunOptions } from "./units/analyze_run.ts";

/** How networks are measured, where tables go, and whom the analysis tells. */
export interface AnalyzeNodeFractalDimensionOptions extends Omit<AnalyzeRunOptions, "shard"> {
  /** What decides the tables; {@linkcode analysisOptions} or {@linkcode fullAnalysisOptions} completes it. */
  readonly options: NodeTablesOptions | FullNodeTablesOptions;
}

/** What was measured of one model. */
export interface AnalyzedNodeFractalDimension {
  /** What the tables were made from, the model's name and size among it. */
  readonly record: NodeFractalDimensionRecord;
  /** For each sample, the statistics of each step. */
  readonly evolution: readonly (readonly NodeFractalDimensionEvolutionRow[])[];
  /** Whether nothing was computed because the tables were there. */
  readonly skipped: boolean;
}

/**
 * Measure the node fractal dimensions of all networks of a model and write them to `<out>/nfd/<model>/`: a table of each
 * network, `nfd_evolution_<model>_sample<k>.csv` of each sample, and at last a `run.json` with what
 * decided them.
 *
 * @param name What {@linkcode openRun} opens, or the name of a model in the store.
 * @throws {Error} If a step asked for is not there, or a network cannot be read or measured.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions, analyzeNodeFractalDimension } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const { evolution } = await analyzeNodeFractalDimension("suite:nano-64", {
 *   options: analysisOptions({ samples: 1 }),
 *   out,
 *   store: `${out}/networks`,
 *   steps: [0, 512],
 * });
 * assert.ok(evolution[0]![0]!.mean > 0);
 * const table = await Deno.readTextFile(`${out}/nfd/nano-64/nfd_evolution_nano-64_sample0.csv`);
 * assert.match(table, /^step,mean,median,std,min,max,range,count\n0,/);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function analyzeNodeFractalDimension(
  name: string,
  given: AnalyzeNodeFractalDimensionOptions,
): Promise<AnalyzedNodeFractalDimension> {
  refuseUnknownOptions("analyzeNodeFractalDimension", given, [
    ...["options", "out", "store", "steps", "skipExisting", "workers", "keepUnits", "signal"],
    ...["allowDuplicates", "onNetwork", "onWarning", "onTransfer", "onProgress"],
  ]);
  const { options, ...access } = given;
  const { plan, nodes } = await analyzeRun(name, { emergence: null, nodes: options }, access);
  return { record: plan.nodes!, ...nodes! };
}
