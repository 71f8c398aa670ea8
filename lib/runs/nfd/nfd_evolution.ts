/** Node fractal dimensions over training, from the tables of a model. */

import {
  type NfdEvolutionRow,
  nfdStatistics,
  type NfdStatisticsOptions,
} from "../../nfd/nfd_tables.ts";
import { pick, readOptions } from "../../options/read_options.ts";
import { NFD_TABLE_OPTIONS, nodesFile, readRecord } from "./nfd_files.ts";

/** Which sample, and which of its nodes. */
export interface NfdEvolutionOptions extends NfdStatisticsOptions {
  /** Folder of the results, with the model's tables in `<out>/nfd/<model>/`. */
  readonly out: string;
  /** The number of the sample; 0 unless given. */
  readonly sample?: number;
}

/**
 * The statistics of one sample at each step that was measured, taken anew from the tables of its networks: with and
 * without the nodes that can never have a dimension, whichever the written table is about. Nothing is written.
 *
 * @throws {Error} If the tables are not there.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { nfdEvolution } from "neuromfa/runs";
 *
 * const out = await Deno.makeTempDir();
 * await measure("suite:nano-64", { samples: 1, steps: [0], out });
 * const [without] = await nfdEvolution("nano-64", { out });
 * const [all] = await nfdEvolution("nano-64", { out, includeStructural: true });
 * assert.deepEqual([without!.count, all!.count], [640, 1024]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function nfdEvolution(
  model: string,
  options: NfdEvolutionOptions,
): Promise<NfdEvolutionRow[]> {
  const { out, sample = 0, includeStructural } = readOptions("nfdEvolution", {
    ...pick(NFD_TABLE_OPTIONS, ["out", "includeStructural"]),
    sample: NFD_TABLE_OPTIONS.sampleNumber,
  }, options);
  const { checkpoints } = await readRecord(out, model);
  const rows: NfdEvolutionRow[] = [];
  for (const { step } of checkpoints) {
    const nodes = await nodesFile.read(out, { model, step, sample });
    rows.push({ step, ...nfdStatistics(nodes, { includeStructural }) });
  }
  return rows;
}
