/** Runs of which the tables of E alone, or those of node fractal dimensions alone, are measured and written. */

import type { AnalysisOptions } from "../../lib/runs/analysis_options.ts";
import { analyzeRun, type AnalyzeRunOptions } from "../../lib/runs/units/analyze_run.ts";

/** What decides the tables, and where they go. */
interface Analysis extends AnalyzeRunOptions {
  readonly options: AnalysisOptions;
}

/** Measure a run and write its tables of E alone. */
export async function analyzeEmergence(source: string, { options, ...place }: Analysis) {
  const { plan, emergence } = await analyzeRun(source, { options, tables: "emergence" }, place);
  const { tables, skipped } = emergence!;
  return { record: plan.emergence!, skipped, ...tables };
}

/** Measure a run and write its tables of node fractal dimensions alone. */
export async function analyzeNfd(source: string, { options, ...place }: Analysis) {
  const { plan, nodes } = await analyzeRun(source, { options, tables: "nfd" }, place);
  return { record: plan.nodes!, ...nodes! };
}
