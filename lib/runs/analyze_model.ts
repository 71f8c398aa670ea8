/** From the name of a model to its tables. */
import type { AnalysisOptions } from "./analysis_options.ts";
import type { FullAnalysisOptions } from "./full_analysis_options.ts";
import type { RunRecord } from "./run_record.ts";
import type { ModelTables } from "./tables.ts";
import { analyzeRun, type AnalyzeRunOptions } from "./units/analyze_run.ts";

/** Where an analysis reads and writes, and whom it tells. */
export interface AnalyzeModelOptions extends Omit<AnalyzeRunOptions, "shard"> {
  /** What decides the tables; {@linkcode analysisOptions} or {@linkcode fullAnalysisOptions} completes it. */
  readonly options: AnalysisOptions | FullAnalysisOptions;
}

/** The tables of a model, and whether they were there already. */
export interface AnalyzedModel extends ModelTables {
  /** What the tables were made from. */
  readonly record: RunRecord;
  /** Whether nothing was computed because the tables were there. */
  readonly skipped: boolean;
}

/**
 * Measure a model's spectra and degree of emergence and write them as `emergence/E_<model>.csv`,
 * `emergence/<model>/spectra.csv`, `samples.csv` and `run.json` under `out`. What is measured is kept in `units/<model>/`
 * until everything is, so that an analysis that was stopped goes on where it was; no table is written before.
 *
 * @throws {Error} If the run has no step 0, or a checkpoint cannot be measured.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions, analyzeModel } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const options = analysisOptions({ samples: 1 });
 * const place = { out, store: `${out}/networks`, steps: [0, 4096] };
 * const { emergence } = await analyzeModel("suite:nano-64", { options, ...place });
 * assert.deepEqual(emergence.map(({ step }) => step), [0, 4096]);
 * assert.ok((await Deno.stat(`${out}/emergence/E_nano-64.csv`)).isFile);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function analyzeModel(
  name: string,
  { options, ...given }: AnalyzeModelOptions,
): Promise<AnalyzedModel> {
  const { plan, emergence } = await analyzeRun(name, { emergence: options, nodes: null }, given);
  return { ...emergence!.tables, record: plan.emergence!, skipped: emergence!.skipped };
}
