/**
 * NeuroMFA: neuron interaction networks of language models, their multifractal spectra, and the degree of
 * emergence (Xiao et al., "Neuron-based Multifractal Analysis of Neuron Interaction Dynamics in Large Models",
 * ICLR 2025, arXiv 2402.09099).
 *
 * @example A model's degree of emergence over training
 * ```ts
 * import assert from "node:assert/strict";
 * import { degreeOfEmergence, multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 *
 * const run = await openRun("suite:nano-64");
 * const networks = sampleNetworks(run, { samples: 3, steps: [0, 1024, 4096] });
 * const spectra = await multifractalSpectra(networks, { threshold: 25 });
 * const rows = degreeOfEmergence(spectra);
 * assert.deepEqual(rows.map(({ step }) => step), [0, 1024, 4096]);
 * ```
 *
 * @module
 */

export type { Checkpoint, CheckpointRun } from "./lib/checkpoints/checkpoint.ts";
export { openCheckpoint } from "./lib/checkpoints/open_checkpoint.ts";
export { openRun } from "./lib/checkpoints/open_run.ts";
export { suiteModels } from "./lib/checkpoints/suite_folder.ts";
export { correlationTable } from "./lib/correlations/correlation_table.ts";
export { notebookProgress } from "./lib/display/notebook_progress.ts";
export { notebookRun, notebookRuns } from "./lib/display/notebook_run.ts";
export { show } from "./lib/display/show.ts";
export { baselineRun } from "./lib/emergence/baselines/baselines.ts";
export { degreeOfEmergence, type EmergenceRow } from "./lib/emergence/degree_of_emergence.ts";
export { emergenceByGroup } from "./lib/emergence/emergence_by_group.ts";
export { excessEmergence, type ExcessRow } from "./lib/emergence/excess_emergence.ts";
export { nullRun } from "./lib/emergence/null_models/null_checkpoint.ts";
export { sensitivity } from "./lib/emergence/sensitivity.ts";
export { saveFigure } from "./lib/figures/render/save_figure.ts";
export { saveTable } from "./lib/files/save_table.ts";
export { multifractalSpectra, type StepSpectra } from "./lib/multifractal/multifractal_spectra.ts";
export { growBoxes } from "./lib/networks/grow_boxes.ts";
export { growPathBoxes } from "./lib/networks/paths/grow_path_boxes.ts";
export { type NetworkSample, sampleNetworks } from "./lib/networks/sample_networks.ts";
export { analysisOptions, CONVENTIONS } from "./lib/runs/analysis_options.ts";
export { measure, type MeasureOptions } from "./lib/runs/measure.ts";
export { Measurement } from "./lib/runs/measurement.ts";
export { modelScores } from "./lib/runs/model_scores.ts";
export type { RunRecord } from "./lib/runs/run_record.ts";
export { skillOnsets } from "./lib/scores/skill_onsets.ts";
export type { BenchmarkScore } from "./lib/scores/score_table.ts";
export { toColumns } from "./lib/tables/columns.ts";
