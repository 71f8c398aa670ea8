/** Node fractal dimensions over training, from the tables of the networks. */
import {
  nodeFractalDimensionStatistics,
  type NodeFractalDimensionStatisticsOptions,
} from "../multifractal/node_fractal_dimension_statistics.ts";
import type { NodeFractalDimensionEvolutionRow } from "../multifractal/node_fractal_dimension_tables.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import { nodesFile } from "./node_fractal_dimension_files.ts";
import { readRecord } from "./node_fractal_dimension_record.ts";

/** Which sample, and which of its nodes. */
export interface NodeFractalDimensionEvolutionOptions
  extends NodeFractalDimensionStatisticsOptions {
  /** Folder of the results, with the model's tables in `<out>/nfd/<model>/`. */
  readonly out: string;
  /** The number of the sample; 0 unless given. */
  readonly sample?: number;
}

/**
 * The statistics of one sample at each step that was measured, taken anew from the tables of its networks: with and
 * without the nodes that can never have a dimension, whichever the written table is about. Nothing is written.
 *
 * @param model The model's name, as in the names of its tables.
 * @throws {Error} If the tables are not there.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions, analyzeNodeFractalDimension, nodeFractalDimensionEvolution } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const options = analysisOptions({ samples: 1 });
 * const place = { out, store: `${out}/networks`, steps: [0] };
 * await analyzeNodeFractalDimension("suite:nano-64", { options, ...place });
 * const [without] = await nodeFractalDimensionEvolution("nano-64", { out });
 * const [all] = await nodeFractalDimensionEvolution("nano-64", { out, includeStructural: true });
 * assert.deepEqual([without!.count, all!.count], [640, 1024]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function nodeFractalDimensionEvolution(
  model: string,
  options: NodeFractalDimensionEvolutionOptions,
): Promise<NodeFractalDimensionEvolutionRow[]> {
  refuseUnknownOptions("nodeFractalDimensionEvolution", options, [
    ...["out", "sample", "includeStructural"],
  ]);
  const { out, sample = 0, includeStructural = false } = options;
  const { checkpoints } = await readRecord(out, model);
  const rows: NodeFractalDimensionEvolutionRow[] = [];
  for (const { step } of checkpoints) {
    const nodes = await nodesFile.read(out, { model, step, sample });
    rows.push({ step, ...nodeFractalDimensionStatistics(nodes, { includeStructural }) });
  }
  return rows;
}
