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

// Checkpoints: where weights come from.
export type {
  Checkpoint,
  CheckpointRun,
  FloatType,
  RowRange,
  StoredValues,
  TensorInfo,
} from "./lib/checkpoints/checkpoint.ts";
export type { ByteRange } from "./lib/checkpoints/byte_source.ts";
export { countWeights } from "./lib/checkpoints/count_weights.ts";
export { decodeValues } from "./lib/checkpoints/decode_values.ts";
export { type DuplicateSteps, findDuplicateSteps } from "./lib/checkpoints/duplicate_steps.ts";
export { describeTransfer } from "./lib/checkpoints/hub/describe_transfer.ts";
export type {
  TransferListeners,
  TransferProgress,
} from "./lib/checkpoints/hub/transfer_listeners.ts";
export {
  type LinkSpeed,
  planTransfer,
  type TransferPlan,
} from "./lib/checkpoints/hub/transfer_plan.ts";
export { openCheckpoint } from "./lib/checkpoints/open_checkpoint.ts";
export { openRun, type OpenRunOptions } from "./lib/checkpoints/open_run.ts";
export type { TensorRows } from "./lib/checkpoints/weights.ts";
export { type TensorBytes, writeSafetensors } from "./lib/checkpoints/write_safetensors.ts";

// Architectures: which neuron feeds which.
export type {
  Architecture,
  DrawnLayer,
  DrawnPart,
  FixedPattern,
  LayerPair,
  NeuronDraw,
  NeuronLayer,
  WeightMatrix,
} from "./lib/architectures/architecture.ts";
export { detectArchitecture } from "./lib/architectures/detect.ts";
export {
  type QueryKeyValueLayout,
  queryKeyValueRow,
} from "./lib/architectures/fused_query_key_value.ts";

// Networks: nodes, lengths, masses.
export type { BoxOptions } from "./lib/networks/check_box_options.ts";
export { edgeList } from "./lib/networks/edge_list.ts";
export { type BoxGrowingOptions, growBoxes } from "./lib/networks/grow_boxes.ts";
export {
  type FullNetwork,
  fullNetworkMasses,
  type FullNetworkOptions,
} from "./lib/networks/full_network_masses.ts";
export {
  type FullNetworkPart,
  fullNetworkParts,
  type PartPattern,
} from "./lib/networks/full_network_parts.ts";
export { growPathBoxes, type PathBoxGrowingOptions } from "./lib/networks/grow_path_boxes.ts";
export { keptByLayer, type LayerSelection } from "./lib/networks/kept_by_layer.ts";
export type { Link, LinkedLayers } from "./lib/networks/link.ts";
export { linkLayers, type LinkLayersOptions } from "./lib/networks/link_layers.ts";
export { linkedFromEdges } from "./lib/networks/linked_from_edges.ts";
export type { SampledEdges } from "./lib/networks/linked_neurons.ts";
export type { MassTable } from "./lib/networks/mass_table.ts";
export { MT19937 } from "./lib/networks/mt19937.ts";
export type { NeuronInteractionNetwork } from "./lib/networks/neuron_interaction_network.ts";
export {
  type NodeSample,
  type NodeSampleOptions,
  sampleNodes,
} from "./lib/networks/node_sample.ts";
export { numpyChoice, numpyPermutation } from "./lib/networks/numpy_choice.ts";
export { roundHalfEven } from "./lib/networks/round_half_even.ts";
export {
  type NetworkSample,
  sampleNetworks,
  type SampleNetworksOptions,
} from "./lib/networks/sample_networks.ts";
export { sampledNetwork } from "./lib/networks/sampled_network.ts";
export { smallestRadius } from "./lib/networks/smallest_radius.ts";

// Multifractal analysis: tau(q), f(alpha), node fractal dimension.
export { analyticAlpha0 } from "./lib/multifractal/analytic_alpha0.ts";
export {
  fullNetworkDimensions,
  fullNetworkSpectrum,
} from "./lib/multifractal/full_network_spectrum.ts";
export {
  type LinearRegression,
  linearRegression,
  regressionOn,
} from "./lib/multifractal/linear_regression.ts";
export { type MassExponent, massExponent } from "./lib/multifractal/mass_exponent.ts";
export {
  type MeasuredPart,
  measureFullNetworkPart,
  type MeasurePartOptions,
} from "./lib/multifractal/measure_full_network_part.ts";
export {
  multifractalSpectra,
  type MultifractalSpectraOptions,
  type SampleSpectrum,
  type StepSpectra,
} from "./lib/multifractal/multifractal_spectra.ts";
export {
  type MeasuredSpectrum,
  type MultifractalSpectrum,
  multifractalSpectrum,
  type MultifractalSpectrumOptions,
  type NetworkCounts,
  type UnmeasuredSpectrum,
} from "./lib/multifractal/multifractal_spectrum.ts";
export {
  type NodeFractalDimension,
  type NodeFractalDimensionOptions,
  nodeFractalDimensions,
  type NodeStatus,
} from "./lib/multifractal/node_fractal_dimension.ts";
export {
  type NodeFractalDimensionStatistics,
  nodeFractalDimensionStatistics,
  type NodeFractalDimensionStatisticsOptions,
} from "./lib/multifractal/node_fractal_dimension_statistics.ts";
export {
  type NodeFractalDimensionComparisonRow,
  type NodeFractalDimensionEvolutionRow,
  type NodeFractalDimensionRow,
  nodeFractalDimensionTable,
} from "./lib/multifractal/node_fractal_dimension_tables.ts";
export {
  type PartitionFunction,
  partitionFunction,
} from "./lib/multifractal/partition_function.ts";
export type { PartDimensions } from "./lib/multifractal/part_dimensions.ts";
export type { PartitionSums } from "./lib/multifractal/partition_sums.ts";
export { DEFAULT_Q, type QGrid, qGrid } from "./lib/multifractal/q_grid.ts";
export { relativeLogRadii } from "./lib/multifractal/relative_log_radii.ts";
export type { SampleNumber } from "./lib/multifractal/sample_number.ts";
export {
  type SamplesRow,
  samplesTable,
  type SpectraRow,
  spectraTable,
  type TabulatedStep,
} from "./lib/multifractal/spectra_tables.ts";
export {
  type Spectrum,
  spectrum,
  spectrumAsymmetry,
  type SpectrumMaximum,
} from "./lib/multifractal/spectrum.ts";
export {
  type FilterMode,
  type FilterPass,
  filterPass,
} from "./lib/multifractal/spectrum_filter.ts";

// Emergence: E and its interval.
export { type BootstrapInterval, bootstrapInterval } from "./lib/emergence/bootstrap_interval.ts";
export {
  degreeOfEmergence,
  type DegreeOfEmergenceOptions,
  type EmergenceRow,
} from "./lib/emergence/degree_of_emergence.ts";
export { resampleWeights } from "./lib/emergence/resample_weights.ts";
export type { ComparableSpectrum, ComparableStep } from "./lib/emergence/step_spectra.ts";

// Benchmarks: what a model can do.
export { type HarnessScore, isMeasured } from "./lib/benchmarks/harness_score.ts";
export { harnessScores, type HarnessScoresOptions } from "./lib/benchmarks/harness_scores.ts";
export { type BenchmarkScore, suiteScores } from "./lib/benchmarks/suite_scores.ts";

// Figures: SVG and PNG.
export { boxGrowingFigure } from "./lib/figures/box_growing.ts";
export {
  emergenceAndScoresFigure,
  type EmergenceAndScoresOptions,
} from "./lib/figures/emergence_and_scores.ts";
export { emergenceOverTrainingFigure } from "./lib/figures/emergence_over_training.ts";
export {
  type EmergenceVariant,
  emergenceVariantsFigure,
} from "./lib/figures/emergence_variants.ts";
export { massExponentFigure } from "./lib/figures/mass_exponent.ts";
export { neuronLengthsFigure, type NeuronLengthsOptions } from "./lib/figures/neuron_lengths.ts";
export {
  nodeFractalDimensionComparisonFigure,
  type NodeFractalDimensionComparisonFigureOptions,
} from "./lib/figures/node_fractal_dimension_comparison.ts";
export {
  nodeFractalDimensionDistributionFigure,
  type NodeFractalDimensionFigureOptions,
  type NodeFractalDimensionStep,
} from "./lib/figures/node_fractal_dimension_distribution.ts";
export {
  nodeFractalDimensionEvolutionFigure,
  type NodeFractalDimensionEvolutionFigureOptions,
} from "./lib/figures/node_fractal_dimension_evolution.ts";
export { partitionFunctionFigure } from "./lib/figures/partition_function.ts";
export {
  drawFigure,
  type DrawFigureOptions,
  type Panel,
} from "./lib/figures/render/draw_figure.ts";
export { Figure, type FigureParts } from "./lib/figures/render/figure.ts";
export { saveFigure } from "./lib/figures/render/save_figure.ts";
export type { PngSize } from "./lib/figures/render/to_png.ts";
export { spectraFigure } from "./lib/figures/spectra.ts";

// Runs and notebooks: tables on disk, and showing things in a cell.
export {
  type AnalysisOptions,
  analysisOptions,
  type Convention,
  CONVENTIONS,
  type FullAnalysisOptions,
  fullAnalysisOptions,
  type MeasuringOptions,
  type MedianThreshold,
  type NetworkOptions,
  type PartialAnalysisOptions,
  type PartialFullAnalysisOptions,
} from "./lib/runs/analysis_options.ts";
export {
  type AnalyzedModel,
  analyzeModel,
  type AnalyzeModelOptions,
} from "./lib/runs/analyze_model.ts";
export {
  type AnalyzedNodeFractalDimension,
  analyzeNodeFractalDimension,
  type AnalyzeNodeFractalDimensionOptions,
} from "./lib/runs/analyze_node_fractal_dimension.ts";
export {
  compareNodeFractalDimension,
  type CompareNodeFractalDimensionOptions,
  type NodeFractalDimensionComparison,
  type NodeFractalDimensionComparisons,
  type StepLeftOut,
} from "./lib/runs/compare_node_fractal_dimension.ts";
export {
  drawNodeFractalDimension,
  type DrawNodeFractalDimensionOptions,
} from "./lib/runs/draw_node_fractal_dimension.ts";
export {
  drawNodeFractalDimensionComparison,
  type DrawNodeFractalDimensionComparisonOptions,
} from "./lib/runs/draw_node_fractal_dimension_comparison.ts";
export { describeRecord } from "./lib/runs/describe_record.ts";
export { extractModel, type ExtractModelOptions } from "./lib/runs/extract_model.ts";
export type { RunAccess } from "./lib/runs/open_selected_run.ts";
export { mergeRuns, type MergeRunsOptions } from "./lib/runs/merge_runs.ts";
export { analyzeRun, type AnalyzeRunOptions } from "./lib/runs/units/analyze_run.ts";
export type { AnalyzedRun } from "./lib/runs/units/write_tables.ts";
export type { PlanRunOptions, WantedTables } from "./lib/runs/units/plan_run.ts";
export type { PlannedPart, RunPlan, Shard } from "./lib/runs/units/run_plan.ts";
export type { NodeChoices, SpectrumChoices, UnitChoices, UnitPart } from "./lib/runs/units/unit.ts";
export { medianLength } from "./lib/runs/median_length.ts";
export {
  nodeFractalDimensionEvolution,
  type NodeFractalDimensionEvolutionOptions,
} from "./lib/runs/node_fractal_dimension_evolution.ts";
export type {
  FullNodeTablesOptions,
  NodeTableOptions,
  NodeTablesChoices,
  NodeTablesOptions,
} from "./lib/runs/node_fractal_dimension_options.ts";
export type { NodeFractalDimensionRecord } from "./lib/runs/node_fractal_dimension_record.ts";
export { type RunRecord, runRecord } from "./lib/runs/run_record.ts";
export {
  saveNodeFractalDimension,
  type SaveNodeFractalDimensionOptions,
} from "./lib/runs/save_node_fractal_dimension.ts";
export { type ModelTables, readModelTables, saveModelTables } from "./lib/runs/tables.ts";
export { visualizeModel } from "./lib/runs/visualize_model.ts";
export type { Cell } from "./lib/files/csv.ts";
export { saveTable } from "./lib/files/save_table.ts";
export { show } from "./lib/notebooks/show.ts";
