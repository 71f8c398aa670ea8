/**
 * Neuron interaction networks: sampled and full, their boxes and masses, NumPy's generator.
 *
 * @module
 */

export { detectArchitecture } from "../architectures/detect.ts";
export { samplingBias } from "../emergence/sampling_bias.ts";
export type { BoxOptions } from "../networks/box_options.ts";
export { cantorNetwork, type CantorNetworkOptions } from "../networks/cantor_network.ts";
export { edgeList, linkedFromEdges } from "../networks/edge_list.ts";
export {
  type FullNetwork,
  fullNetworkMasses,
  type FullNetworkOptions,
} from "../networks/full/full_network_masses.ts";
export {
  type FullNetworkPart,
  fullNetworkParts,
  type PartPattern,
} from "../networks/full/full_network_parts.ts";
export {
  generatedNetwork,
  type GeneratedNetworkOptions,
  type NeuronKind,
} from "../networks/generated_network.ts";
export { type BoxGrowingOptions, growBoxes } from "../networks/grow_boxes.ts";
export type { NetworkBoxOptions } from "../networks/grow_network_boxes.ts";
export { linkLayers, type LinkLayersOptions } from "../networks/link_layers.ts";
export {
  keptByLayer,
  type LayerSelection,
  type MassTable,
  type RadiusEdges,
  smallestRadius,
} from "../networks/mass_table.ts";
export { medianLength } from "../networks/median_length.ts";
export {
  type Link,
  type LinkedLayers,
  type NeuronInteractionNetwork,
  sampledNetwork,
} from "../networks/network.ts";
export { growPathBoxes, type PathBoxGrowingOptions } from "../networks/paths/grow_path_boxes.ts";
export {
  type NetworkSample,
  sampleNetworks,
  type SampleNetworksOptions,
} from "../networks/sample_networks.ts";
export { type NodeSample, type NodeSampleOptions, sampleNodes } from "../networks/sample_nodes.ts";
export {
  wattsStrogatzNetwork,
  type WattsStrogatzOptions,
} from "../networks/watts_strogatz_network.ts";
export { weightedDegrees } from "../networks/weighted_degrees.ts";
export { numpyChoice, numpyPermutation } from "../numpy/choice.ts";
export { MT19937 } from "../numpy/mt19937.ts";
export { roundHalfEven } from "../numpy/round_half_even.ts";
