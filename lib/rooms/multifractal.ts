/**
 * Multifractal analysis: partition function, tau(q), f(alpha), node fractal dimensions (NFD).
 *
 * @module
 */

export { cantorMassExponent } from "../multifractal/cantor_mass_exponent.ts";
export {
  type ChhabraJensenSpectrum,
  chhabraJensenSpectrum,
} from "../multifractal/chhabra_jensen.ts";
export {
  type ExpectedSpectrum,
  expectedSpectrum,
  type ExpectedSpectrumOptions,
  type NeuronKind,
  type NoExpectedSpectrum,
} from "../multifractal/expected_spectrum.ts";
export { massesAtRadii } from "../multifractal/fixed_radii.ts";
export {
  fullNetworkDimensions,
  fullNetworkSpectrum,
} from "../multifractal/full_network_spectrum.ts";
export {
  type GeneralizedDimension,
  generalizedDimensions,
  type GeneralizedDimensionsOptions,
} from "../multifractal/generalized_dimensions.ts";
export { generatedMassExponent } from "../multifractal/generated_mass_exponent.ts";
export { goodnessOfFit, type GoodnessOfFitRow } from "../multifractal/goodness_of_fit.ts";
export {
  type FilterPass,
  filterPass,
  type Spectrum,
  spectrum,
  spectrumAsymmetry,
  type SpectrumMaximum,
} from "../multifractal/legendre_spectrum.ts";
export {
  gaussianLengths,
  type LengthLaw,
  type LengthLawOptions,
  observedLengths,
} from "../multifractal/length_law.ts";
export {
  type LocalSlope,
  localSlopes,
  type LocalSlopesOptions,
  type ScalingRange,
  scalingRanges,
} from "../multifractal/local_slopes.ts";
export { analyticAlpha0, type MassExponent, massExponent } from "../multifractal/mass_exponent.ts";
export {
  type MeasuredPart,
  measureFullNetworkPart,
  type MeasurePartOptions,
} from "../multifractal/measure_full_network_part.ts";
export {
  type AveragedNodes,
  multifractalSpectra,
  type MultifractalSpectraOptions,
  type SampleSpectrum,
  type StepSpectra,
} from "../multifractal/multifractal_spectra.ts";
export {
  type MeasuredSpectrum,
  type MultifractalSpectrum,
  multifractalSpectrum,
  type MultifractalSpectrumOptions,
  type NetworkCounts,
  type UnmeasuredSpectrum,
} from "../multifractal/multifractal_spectrum.ts";
export {
  type PartitionFunction,
  partitionFunction,
  relativeLogRadii,
} from "../multifractal/partition_function.ts";
export type { PartitionSums } from "../multifractal/node_sums.ts";
export { plainPartitionSums } from "../multifractal/partition_sums.ts";
export { qGrid } from "../multifractal/q_grid.ts";
export {
  type GroupBy,
  type GroupDimension,
  type GroupSpectra,
  multifractalSpectraByGroup,
  type SpectraByGroupOptions,
} from "../multifractal/spectra_by_group.ts";
export {
  type SampleNumber,
  type SamplesRow,
  samplesTable,
  type SpectraRow,
  spectraTable,
  type TabulatedStep,
} from "../multifractal/spectra_tables.ts";
export { detectArchitecture } from "../architectures/detect.ts";
export { fullNetworkMasses } from "../networks/full/full_network_masses.ts";
export { cantorNetwork } from "../networks/cantor_network.ts";
export { generatedNetwork } from "../networks/generated_network.ts";
export { growBoxes } from "../networks/grow_boxes.ts";
export { keptByLayer, type RadiusEdges, smallestRadius } from "../networks/mass_table.ts";
export { wattsStrogatzNetwork } from "../networks/watts_strogatz_network.ts";
export {
  measureNfd,
  type Nfd,
  type NfdOptions,
  type NodeStatus,
  type PartDimensions,
} from "../nfd/nfd.ts";
export {
  type NfdComparisonRow,
  type NfdEvolutionRow,
  type NfdRow,
  type NfdStatistics,
  nfdStatistics,
  type NfdStatisticsOptions,
  nfdTable,
} from "../nfd/nfd_tables.ts";
