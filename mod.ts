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
export { suiteModels } from "./lib/checkpoints/suite_models.ts";
export { runOfCheckpoints } from "./lib/checkpoints/run_of_checkpoints.ts";
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
export {
  generatedNetwork,
  type GeneratedNetworkOptions,
  type NeuronKind,
} from "./lib/networks/generated_network.ts";
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
export type { NetworkBoxOptions } from "./lib/networks/grow_network_boxes.ts";
export { growPathBoxes, type PathBoxGrowingOptions } from "./lib/networks/grow_path_boxes.ts";
export { keptByLayer, type LayerSelection } from "./lib/networks/kept_by_layer.ts";
export type { Link, LinkedLayers } from "./lib/networks/link.ts";
export { linkLayers, type LinkLayersOptions } from "./lib/networks/link_layers.ts";
export { linkedFromEdges } from "./lib/networks/linked_from_edges.ts";
export type { SampledEdges } from "./lib/networks/linked_neurons.ts";
export type { MassTable } from "./lib/networks/mass_table.ts";
export { medianLength, type MedianThreshold } from "./lib/networks/median_length.ts";
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
export { generatedMassExponent } from "./lib/multifractal/generated_mass_exponent.ts";
export {
  type ChhabraJensenSpectrum,
  chhabraJensenSpectrum,
} from "./lib/multifractal/chhabra_jensen.ts";
export { type FixedRadii, massesAtRadii } from "./lib/multifractal/fixed_radii.ts";
export {
  type GeneralizedDimension,
  generalizedDimensions,
  type GeneralizedDimensionsOptions,
} from "./lib/multifractal/generalized_dimensions.ts";
export { goodnessOfFit, type GoodnessOfFitRow } from "./lib/multifractal/goodness_of_fit.ts";
export {
  fullNetworkDimensions,
  fullNetworkSpectrum,
} from "./lib/multifractal/full_network_spectrum.ts";
export {
  type LinearRegression,
  linearRegression,
  regressionOn,
} from "./lib/multifractal/linear_regression.ts";
export {
  type LocalSlope,
  localSlopes,
  type LocalSlopesOptions,
} from "./lib/multifractal/local_slopes.ts";
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
export { type ScalingRange, scalingRanges } from "./lib/multifractal/scaling_ranges.ts";
export {
  type GroupBy,
  type GroupDimension,
  type GroupSpectra,
  multifractalSpectraByGroup,
  type SpectraByGroupOptions,
} from "./lib/multifractal/spectra_by_group.ts";
export type { AveragedNodes } from "./lib/multifractal/spectra_collector.ts";
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

// Emergence: E and its interval, null models, baselines.
export {
  type Baseline,
  type BaselineRow,
  BASELINES,
} from "./lib/emergence/baselines/baseline_row.ts";
export { baselineRun, type BaselineRunOptions } from "./lib/emergence/baselines/baseline_run.ts";
export { baselines, type BaselinesOptions } from "./lib/emergence/baselines/baselines.ts";
export { type HillExponent, hillExponent } from "./lib/emergence/baselines/hill_exponent.ts";
export { type PowerLawFit, powerLawFit } from "./lib/emergence/baselines/power_law_fit.ts";
export { type BootstrapInterval, bootstrapInterval } from "./lib/emergence/bootstrap_interval.ts";
export {
  degreeOfEmergence,
  type DegreeOfEmergenceOptions,
  type EmergenceRow,
} from "./lib/emergence/degree_of_emergence.ts";
export {
  type DifferenceFromSeeds,
  differenceFromSeeds,
} from "./lib/emergence/difference_from_seeds.ts";
export {
  samplingBias,
  type SamplingBiasOptions,
  type SamplingBiasRow,
} from "./lib/emergence/sampling_bias.ts";
export { excessEmergence, type ExcessRow } from "./lib/emergence/excess_emergence.ts";
export { nullCheckpoint } from "./lib/emergence/null_models/null_checkpoint.ts";
export {
  NULL_KINDS,
  type NullCheckpointOptions,
  type NullKind,
  type NullModelOptions,
} from "./lib/emergence/null_models/null_kind.ts";
export { nullRun } from "./lib/emergence/null_models/null_run.ts";
export { emergenceByGroup, type GroupEmergenceRow } from "./lib/emergence/emergence_by_group.ts";
export { resampleWeights } from "./lib/emergence/resample_weights.ts";
export {
  sensitivity,
  type SensitivityOptions,
  type SensitivityRow,
} from "./lib/emergence/sensitivity.ts";
export type { SensitivityBase, SensitivityGrid } from "./lib/emergence/sensitivity_settings.ts";
export type { ComparableSpectrum, ComparableStep } from "./lib/emergence/step_spectra.ts";

// Benchmarks: what a model can do, and whether a quantity goes along with it.
export { correlate } from "./lib/benchmarks/correlate.ts";
export type { CorrelationMethod } from "./lib/benchmarks/correlation_coefficient.ts";
export type { CorrelationVariant } from "./lib/benchmarks/correlation_points.ts";
export {
  type CorrelatedScore,
  type CorrelationOptions,
  type CorrelationRow,
  correlationTable,
} from "./lib/benchmarks/correlation_table.ts";
export type { Frame } from "./lib/benchmarks/frame.ts";
export { fromFrame } from "./lib/benchmarks/from_frame.ts";
export { type HarnessScore, isMeasured } from "./lib/benchmarks/harness_score.ts";
export { harnessScores, type HarnessScoresOptions } from "./lib/benchmarks/harness_scores.ts";
export { meanScores } from "./lib/benchmarks/mean_scores.ts";
export type { Correlation } from "./lib/benchmarks/measure_correlation.ts";
export {
  type SkillOnset,
  type SkillOnsetOptions,
  skillOnsets,
} from "./lib/benchmarks/skill_onsets.ts";
export { type BenchmarkScore, suiteScores } from "./lib/benchmarks/suite_scores.ts";
export { toFrame } from "./lib/benchmarks/to_frame.ts";

// Figures: SVG and PNG.
export { baselinesFigure, type BaselinesFigureOptions } from "./lib/figures/baselines.ts";
export { boxGrowingFigure, type BoxGrowingFigureOptions } from "./lib/figures/box_growing.ts";
export {
  correlatedQuantitiesFigure,
  type CorrelatedQuantitiesOptions,
  type CorrelatedQuantity,
} from "./lib/figures/correlated_quantities.ts";
export { correlationsFigure, type CorrelationsFigureOptions } from "./lib/figures/correlations.ts";
export {
  emergenceAndScoresFigure,
  type EmergenceAndScoresOptions,
} from "./lib/figures/emergence_and_scores.ts";
export {
  emergenceAndSizeFigure,
  type EmergenceAndSizeOptions,
  type ScoredModelEmergence,
} from "./lib/figures/emergence_and_size.ts";
export {
  emergenceBesideBaselineFigure,
  type EmergenceBesideBaselineOptions,
} from "./lib/figures/emergence_beside_baseline.ts";
export {
  emergenceBesideScoresFigure,
  type EmergenceBesideScoresOptions,
} from "./lib/figures/emergence_beside_scores.ts";
export {
  emergenceByGroupFigure,
  type EmergenceByGroupOptions,
  type GroupMeasure,
} from "./lib/figures/emergence_by_group.ts";
export { emergenceOverTrainingFigure } from "./lib/figures/emergence_over_training.ts";
export { emergenceSurfaceFigure } from "./lib/figures/emergence_surface.ts";
export {
  type EmergenceVariant,
  emergenceVariantsFigure,
  type EmergenceVariantsWords,
} from "./lib/figures/emergence_variants.ts";
export { excessFigure, type ExcessFigureOptions } from "./lib/figures/excess.ts";
export { goodnessOfFitFigure } from "./lib/figures/goodness_of_fit.ts";
export { localSlopeFigure, type LocalSlopeFigureOptions } from "./lib/figures/local_slope.ts";
export { massExponentFigure } from "./lib/figures/mass_exponent.ts";
export type { ModelEmergence } from "./lib/figures/model_emergence.ts";
export { modelsOverTrainingFigure } from "./lib/figures/models_over_training.ts";
export {
  generatedSpectraFigure,
  type GeneratedSpectraOptions,
  type GeneratedSpectrum,
} from "./lib/figures/generated_spectra.ts";
export { type GrownNetwork, massGrowthFigure } from "./lib/figures/mass_growth.ts";
export { networkGraphFigure, type NetworkGraphOptions } from "./lib/figures/network_graph.ts";
export { neuronBoxesFigure, type NeuronBoxesOptions } from "./lib/figures/neuron_boxes.ts";
export { neuronLengthsFigure, type NeuronLengthsOptions } from "./lib/figures/neuron_lengths.ts";
export { nodeFractalDimensionByLayerFigure } from "./lib/figures/node_fractal_dimension_by_layer.ts";
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
export { normalizedScoresFigure } from "./lib/figures/normalized_scores.ts";
export {
  partitionFunctionFigure,
  type PartitionFunctionFigureOptions,
} from "./lib/figures/partition_function.ts";
export { radarFigure, type RadarOptions } from "./lib/figures/radar.ts";
export {
  queryKeyValueRowsFigure,
  type QueryKeyValueRowsOptions,
} from "./lib/figures/query_key_value_rows.ts";
export {
  drawFigure,
  type DrawFigureOptions,
  type Panel,
} from "./lib/figures/render/draw_figure.ts";
export { Figure, type FigureParts } from "./lib/figures/render/figure.ts";
export { saveFigure } from "./lib/figures/render/save_figure.ts";
export type { PngSize } from "./lib/figures/render/to_png.ts";
export { samplingBiasFigure } from "./lib/figures/sampling_bias.ts";
export { sampleSpectraFigure, type SampleSpectraOptions } from "./lib/figures/sample_spectra.ts";
export {
  type SampledQuantity,
  sampleSpreadFigure,
  type SampleSpreadOptions,
} from "./lib/figures/sample_spread.ts";
export { spectraComparisonFigure, type SpectraReading } from "./lib/figures/spectra_comparison.ts";
export { sensitivityFigure, type SensitivityFigureOptions } from "./lib/figures/sensitivity.ts";
export { spectraFigure, type SpectraFigureOptions } from "./lib/figures/spectra.ts";
export { type ModelSpectra, spectraOfModelsFigure } from "./lib/figures/spectra_of_models.ts";
export { spectrumFigure, type SpectrumFigureOptions } from "./lib/figures/spectrum.ts";

// Runs and notebooks: tables on disk, and showing things in a cell.
export {
  type AnalysisOptions,
  analysisOptions,
  type PartialAnalysisOptions,
} from "./lib/runs/analysis_options.ts";
export { type Convention, CONVENTIONS } from "./lib/runs/conventions.ts";
export {
  type FullAnalysisOptions,
  fullAnalysisOptions,
  type PartialFullAnalysisOptions,
} from "./lib/runs/full_analysis_options.ts";
export type { MeasuringOptions } from "./lib/runs/measuring_options.ts";
export type { NetworkOptions } from "./lib/runs/network_options.ts";
export type { NullModelChoice, PartialNullModelChoice } from "./lib/runs/null_model_choice.ts";
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
export { type MeasuredRun, measureRun, type MeasureRunOptions } from "./lib/runs/measure_run.ts";
export { modelScores, type ModelScoresOptions } from "./lib/runs/model_scores.ts";
export { mergeRuns, type MergeRunsOptions } from "./lib/runs/merge_runs.ts";
export { analyzeRun, type AnalyzeRunOptions } from "./lib/runs/units/analyze_run.ts";
export type { AnalyzedRun } from "./lib/runs/units/write_tables.ts";
export type { PlanRunOptions, WantedTables } from "./lib/runs/units/plan_run.ts";
export type { PlannedPart, RunPlan, Shard } from "./lib/runs/units/run_plan.ts";
export type { NodeChoices, UnitChoices, UnitPart } from "./lib/runs/units/unit.ts";
export type { SpectrumChoices } from "./lib/runs/units/spectrum_choices.ts";
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
export { type PublishedEmergence, publishedEmergence } from "./lib/runs/published_emergence.ts";
export { type RunRecord, runRecord } from "./lib/runs/run_record.ts";
export {
  saveNodeFractalDimension,
  type SaveNodeFractalDimensionOptions,
} from "./lib/runs/save_node_fractal_dimension.ts";
export { type ModelTables, readModelTables, saveModelTables } from "./lib/runs/tables.ts";
export { type VisualizeListeners, visualizeModel } from "./lib/runs/visualize_model.ts";
export type { Cell } from "./lib/files/csv.ts";
export { saveTable } from "./lib/files/save_table.ts";
export { type NotebookProgress, notebookProgress } from "./lib/notebooks/notebook_progress.ts";
export { show } from "./lib/notebooks/show.ts";
