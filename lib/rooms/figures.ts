/**
 * Figures: data in, SVG and PNG out.
 *
 * @module
 */

export {
  type FigureOptions,
  type FigureStyle,
  SCREEN_STYLE,
  styleOf,
  withFigureStyle,
} from "../figures/figure_style.ts";
export { baselinesFigure, type BaselinesFigureOptions } from "../figures/emergence/baselines.ts";
export { type CalibratedMethod, calibrationFigure } from "../figures/emergence/calibration.ts";
export {
  correlatedQuantitiesFigure,
  type CorrelatedQuantitiesOptions,
  type CorrelatedQuantity,
} from "../figures/emergence/correlated_quantities.ts";
export {
  correlationsFigure,
  type CorrelationsFigureOptions,
} from "../figures/emergence/correlations.ts";
export {
  correlationMapFigure,
  type CorrelationMapOptions,
} from "../figures/emergence/correlation_map.ts";
export {
  emergenceAndScoresFigure,
  type EmergenceAndScoresOptions,
} from "../figures/emergence/emergence_and_scores.ts";
export {
  emergenceAndSizeFigure,
  type EmergenceAndSizeOptions,
  type ScoredModelEmergence,
} from "../figures/emergence/emergence_and_size.ts";
export {
  emergenceBesideBaselineFigure,
  type EmergenceBesideBaselineOptions,
} from "../figures/emergence/emergence_beside_baseline.ts";
export {
  emergenceBesideScoresFigure,
  type EmergenceBesideScoresOptions,
} from "../figures/emergence/emergence_beside_scores.ts";
export {
  emergenceByGroupFigure,
  type EmergenceByGroupOptions,
  type GroupMeasure,
} from "../figures/emergence/emergence_by_group.ts";
export {
  type ComparedSamples,
  emergenceOfSamplesFigure,
  type EmergenceOfSamplesOptions,
} from "../figures/emergence/emergence_of_samples.ts";
export { emergenceOverTrainingFigure } from "../figures/emergence/emergence_over_training.ts";
export { emergenceSurfaceFigure } from "../figures/emergence/emergence_surface.ts";
export {
  type EmergenceVariant,
  emergenceVariantsFigure,
  type EmergenceVariantsWords,
} from "../figures/emergence/emergence_variants.ts";
export { excessFigure, type ExcessFigureOptions } from "../figures/emergence/excess.ts";
export {
  expectedEmergenceFigure,
  type ExpectedModel,
} from "../figures/emergence/expected_emergence.ts";
export type { ModelEmergence } from "../figures/emergence/models_over_training.ts";
export {
  modelsAndScoresFigure,
  type ModelsAndScoresOptions,
} from "../figures/emergence/models_and_scores.ts";
export { modelsOverTrainingFigure } from "../figures/emergence/models_over_training.ts";
export { normalizedScoresFigure } from "../figures/emergence/normalized_scores.ts";
export { radarFigure, type RadarOptions } from "../figures/emergence/radar.ts";
export {
  type SampledQuantity,
  sampleSpreadFigure,
  type SampleSpreadOptions,
} from "../figures/emergence/sample_spread.ts";
export { samplingBiasFigure } from "../figures/emergence/sampling_bias.ts";
export {
  scaleMapFigure,
  type ScaleMapFigureOptions,
  type ScalePath,
} from "../figures/emergence/scale_map.ts";
export {
  sensitivityFigure,
  type SensitivityFigureOptions,
} from "../figures/emergence/sensitivity.ts";
export { boxGrowingFigure, type BoxGrowingFigureOptions } from "../figures/networks/box_growing.ts";
export { degreeDistributionFigure } from "../figures/networks/degree_distribution.ts";
export { type GrownNetwork, massGrowthFigure } from "../figures/networks/mass_growth.ts";
export { networkGraphFigure, type NetworkGraphOptions } from "../figures/networks/network_graph.ts";
export { neuronBoxesFigure, type NeuronBoxesOptions } from "../figures/networks/neuron_boxes.ts";
export {
  neuronLengthsFigure,
  type NeuronLengthsOptions,
} from "../figures/networks/neuron_lengths.ts";
export {
  queryKeyValueRowsFigure,
  type QueryKeyValueRowsOptions,
} from "../figures/networks/query_key_value_rows.ts";
export { nfdByLayerFigure } from "../figures/nfd/nfd_by_layer.ts";
export {
  nfdComparisonFigure,
  type NfdComparisonFigureOptions,
} from "../figures/nfd/nfd_comparison.ts";
export {
  nfdDistributionFigure,
  type NfdFigureOptions,
  type NfdStep,
} from "../figures/nfd/nfd_distribution.ts";
export {
  nfdEvolutionFigure,
  type NfdEvolutionFigureOptions,
} from "../figures/nfd/nfd_evolution.ts";
export {
  drawFigure,
  type DrawFigureOptions,
  Figure,
  type FigureParts,
  type ModelFigureOptions,
  type Panel,
} from "../figures/render/draw_figure.ts";
export { saveFigure } from "../figures/render/save_figure.ts";
export type { PngSize } from "../figures/render/png_size.ts";
export {
  generatedSpectraFigure,
  type GeneratedSpectraOptions,
  type GeneratedSpectrum,
} from "../figures/spectra/generated_spectra.ts";
export { goodnessOfFitFigure } from "../figures/spectra/goodness_of_fit.ts";
export { localSlopeFigure, type LocalSlopeFigureOptions } from "../figures/spectra/local_slope.ts";
export { massExponentFigure } from "../figures/spectra/mass_exponent.ts";
export {
  partitionFunctionFigure,
  type PartitionFunctionFigureOptions,
} from "../figures/spectra/partition_function.ts";
export {
  sampleSpectraFigure,
  type SampleSpectraOptions,
} from "../figures/spectra/sample_spectra.ts";
export { spectraFigure, type SpectraFigureOptions } from "../figures/spectra/spectra.ts";
export {
  spectraComparisonFigure,
  type SpectraReading,
} from "../figures/spectra/spectra_comparison.ts";
export { type ModelSpectra, spectraOfModelsFigure } from "../figures/spectra/spectra_comparison.ts";
export { spectrumFigure, type SpectrumFigureOptions } from "../figures/spectra/spectrum.ts";
