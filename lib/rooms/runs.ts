/**
 * Runs and results: options, tables on disk, what a notebook shows.
 *
 * @module
 */

export { type NotebookProgress, notebookProgress } from "../display/notebook_progress.ts";
export {
  type NotebookRun,
  notebookRun,
  type NotebookRuns,
  notebookRuns,
} from "../display/notebook_run.ts";
export { show } from "../display/show.ts";
export { explore, type Explored, type ShownExplorer } from "../explorer/explore.ts";
export type { Cell } from "../files/csv.ts";
export { saveTable } from "../files/save_table.ts";
export { NULL_KINDS, type NullKind } from "../options/measuring_options.ts";
export type { OptionName, OptionValues, SomeOptions } from "../options/options.ts";
export {
  type Baseline,
  type Convention,
  DEFAULT_Q,
  type DrawnBaseline,
  type FilterMode,
  type FixedRadii,
  type JobArray,
  type MedianThreshold,
  type QGrid,
  type QueryKeyValueLayout,
  type SampledEdges,
  type Shard,
  type Transfer,
} from "../options/values.ts";
export {
  type AnalysisOptions,
  analysisOptions,
  CONVENTIONS,
  type FullOptions,
  type GivenAnalysisOptions,
  type NetworkOptions,
  type SampledOptions,
} from "../runs/analysis_options.ts";
export { measure, type MeasureOptions } from "../runs/measure.ts";
export { Measurement } from "../runs/measurement.ts";
export { mergeRuns, type MergeRunsOptions } from "../runs/merge_runs.ts";
export { modelScores, type ModelScoresOptions } from "../runs/model_scores.ts";
export {
  compareNfd,
  type CompareNfdOptions,
  type NfdComparison,
  type NfdComparisons,
  type StepLeftOut,
} from "../runs/nfd/compare_nfd.ts";
export {
  drawNfd,
  drawNfdComparison,
  type DrawNfdComparisonOptions,
  type DrawNfdOptions,
} from "../runs/nfd/draw_nfd.ts";
export { nfdEvolution, type NfdEvolutionOptions } from "../runs/nfd/nfd_evolution.ts";
export type { NfdChoices } from "../runs/analysis_options.ts";
export type { NfdRecord, RunOrigin } from "../runs/stored_records.ts";
export { type NfdTableOptions, saveNfd, type SaveNfdOptions } from "../runs/nfd/save_nfd.ts";
export type { RunAccess } from "../runs/open_selected_run.ts";
export { type PublishedEmergence, publishedEmergence } from "../runs/published_emergence.ts";
export {
  type PublishedPoint,
  publishedPoints,
  type PublishedQuantity,
} from "../runs/published_points.ts";
export {
  replication,
  type ReplicationReading,
  type ReplicationRow,
  type ReplicationSummary,
  replicationSummary,
  type ReplicationVerdict,
} from "../runs/replication.ts";
export { describeRecord, type LeftOut, type RunRecord, runRecord } from "../runs/run_record.ts";
export { extractModel, type ExtractModelOptions } from "../runs/store/extract_model.ts";
export { type ModelTables, readModelTables, saveModelTables } from "../runs/tables.ts";
export type { FrameShape } from "../tables/frame_shape.ts";
export { analyzeRun, type AnalyzeRunOptions } from "../runs/units/analyze_run.ts";
export type { PlanRunOptions, WantedTables } from "../runs/units/plan_run.ts";
export type { PlannedPart, RunPlan } from "../runs/units/run_plan.ts";
export type { NodeChoices, SpectrumChoices, UnitChoices, UnitPart } from "../runs/units/unit.ts";
export type { AnalyzedRun } from "../runs/units/write_tables.ts";
export { type VisualizeListeners, visualizeModel } from "../runs/visualize_model.ts";
