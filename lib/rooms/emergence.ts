/**
 * Emergence and statistics, without what needs a disk: E, null models, baselines, correlations.
 *
 * @module
 */

export type { CorrelationVariant, Detrending } from "../correlations/correlation_points.ts";
export {
  type CorrelatedScore,
  type CorrelationOptions,
  type CorrelationRow,
  correlationTable,
} from "../correlations/correlation_table.ts";
export type { Correlation } from "../correlations/measure_correlation.ts";
export { type Baseline, type BaselineRow, BASELINES } from "../emergence/baselines/baseline_row.ts";
export {
  baselineRun,
  type BaselineRunOptions,
  baselines,
  type BaselinesOptions,
} from "../emergence/baselines/baselines.ts";
export {
  type HillExponent,
  hillExponent,
  type PowerLawFit,
  powerLawFit,
} from "../emergence/baselines/power_law_fit.ts";
export {
  degreeDistribution,
  type DegreeDistributionRow,
} from "../emergence/degree_distribution.ts";
export {
  type ComparableSpectrum,
  type ComparableStep,
  degreeOfEmergence,
  type DegreeOfEmergenceOptions,
  type EmergenceRow,
} from "../emergence/degree_of_emergence.ts";
export {
  type DifferenceFromSeeds,
  differenceFromSeeds,
} from "../emergence/difference_from_seeds.ts";
export { emergenceByGroup, type GroupEmergenceRow } from "../emergence/emergence_by_group.ts";
export {
  type ComparedSample,
  emergenceOfSamples,
  type SampleEmergenceRow,
} from "../emergence/emergence_of_samples.ts";
export { excessEmergence, type ExcessRow } from "../emergence/excess_emergence.ts";
export {
  expectedEmergence,
  type ExpectedEmergenceOptions,
  type ExpectedEmergenceRow,
} from "../emergence/expected_emergence.ts";
export { excessCases, intervalCases, type IntervalMethod } from "../emergence/interval_cases.ts";
export { nullCheckpoint, nullRun } from "../emergence/null_models/null_checkpoint.ts";
export type {
  NullCheckpointOptions,
  NullModelOptions,
} from "../emergence/null_models/null_kind.ts";
export { type OwnMedianOptions, ownMedianRun } from "../emergence/own_median_run.ts";
export {
  samplingBias,
  type SamplingBiasOptions,
  type SamplingBiasRow,
} from "../emergence/sampling_bias.ts";
export { scaleMap, type ScaleMapOptions, type ScaleMapRow } from "../emergence/scale_map.ts";
export {
  sensitivity,
  type SensitivityBase,
  type SensitivityGrid,
  type SensitivityOptions,
  type SensitivityRow,
} from "../emergence/sensitivity.ts";
export {
  spectrumProperties,
  type SpectrumPropertiesRow,
} from "../emergence/spectrum_properties.ts";
export {
  type NetworkStructure,
  networkStructure,
  type NetworkStructureOptions,
} from "../emergence/structure/network_structure.ts";
export { untrainedKinds, type UntrainedShape } from "../emergence/untrained_kinds.ts";
export {
  type WeightLaw,
  type WeightLaws,
  weightLaws,
  type WeightLawsOptions,
} from "../emergence/weight_laws.ts";
export { type HarnessScore, isMeasured } from "../scores/harness_score.ts";
export { meanScores, type MeanScoresOptions } from "../scores/mean_scores.ts";
export { type SkillOnset, type SkillOnsetOptions, skillOnsets } from "../scores/skill_onsets.ts";
export { runScores } from "../scores/run_scores.ts";
export type { BenchmarkScore, SuiteScoresOptions } from "../scores/score_table.ts";
export { type BinomialInterval, binomialInterval } from "../statistics/binomial_interval.ts";
export {
  type BootstrapInterval,
  bootstrapInterval,
  resampleWeights,
} from "../statistics/bootstrap_interval.ts";
export {
  calibrate,
  type CalibrationCase,
  type CalibrationClaim,
  type CalibrationOutcome,
  type CalibrationRow,
} from "../statistics/calibrate.ts";
export type { CorrelationMethod } from "../statistics/correlation_coefficient.ts";
export {
  type LinearRegression,
  linearRegression,
  regressionOn,
  slopePValue,
  type StraightLine,
} from "../statistics/linear_regression.ts";
export {
  type MeanInterval,
  meanInterval,
  type MeanIntervalOptions,
} from "../statistics/mean_interval.ts";
export { RandomDraws } from "../statistics/random_draws.ts";
