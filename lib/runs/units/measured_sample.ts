/** Everything that is measured of one sampled network. */

import {
  countedDimensions,
  measureNfd,
  type Nfd,
  nodeStatuses,
  type PartDimensions,
} from "../../nfd/nfd.ts";
import {
  type MultifractalSpectrum,
  spectrumOfMasses,
} from "../../multifractal/multifractal_spectrum.ts";
import { countedEdges, countedMasses, countedNodeLayers } from "../../networks/counted_masses.ts";
import type { CountedSample } from "../../networks/counted_samples.ts";
import { areFewBins, type LengthBins, lengthBins } from "../../networks/full/length_bins.ts";
import { growNetworkBoxes } from "../../networks/grow_network_boxes.ts";
import { drawnShare } from "../../networks/mass_table.ts";
import type { NetworkSample } from "../../networks/sample_networks.ts";
import { restrictNetwork } from "../../networks/layer_selection.ts";
import type { UnitChoices } from "./unit.ts";

/** What is measured of one sampled network. */
export interface MeasuredSample {
  /** Edges of the network. */
  readonly edges: number;
  /** Its spectrum, `null` where none was asked for. */
  readonly spectrum: MultifractalSpectrum | null;
  /** Its nodes, `null` where they were not asked for. */
  readonly nodes: MeasuredNodes | null;
}

/** The nodes of all layers, with the index of each node's layer among the model's. */
type MeasuredNodes = PartDimensions & { readonly layers: Uint16Array };

/** Measure a sampled network. */
export function measureSample(sample: NetworkSample, choices: UnitChoices): MeasuredSample {
  const { layers, spectrum, nodes } = choices;
  const network = layers === null ? sample.network : restrictNetwork(sample.network, layers);
  return {
    edges: network.lengths.length,
    spectrum: spectrum &&
      spectrumOfMasses(
        growNetworkBoxes({ ...sample, network }, spectrum),
        spectrum,
        drawnShare(sample.network),
      ),
    nodes: nodes && columnsOf(measureNfd(network, nodes)),
  };
}

/**
 * The ways in which lengths are binned where samples can be counted rather than listed; `null`
 * where they cannot: masses may be of paths or of some of a neuron's edges, and there may be too
 * many rounded lengths.
 */
export function countedWays({ sampling, spectrum, nodes }: UnitChoices): LengthBins[] | null {
  if (sampling?.edges !== "all" || spectrum?.distance === "path") return null;
  const ways = [
    ...spectrum ? [{ lowest: 1, ...spectrum }] : [],
    ...nodes ? [{ lowest: 0, threshold: nodes.nfdThreshold, digits: nodes.digits }] : [],
  ];
  if (!areFewBins(ways)) return null;
  return ways.map(({ lowest, threshold, digits }) => lengthBins(lowest, threshold, digits));
}

/** Measure a sampled network that was counted in the {@linkcode countedWays}. */
export function measureCountedSample(
  counted: CountedSample,
  { layers, spectrum, nodes }: UnitChoices,
): MeasuredSample {
  const sample = layers === null
    ? counted
    : { ...counted, layers: counted.layers.filter(({ index }) => layers.includes(index)) };
  const share = () =>
    drawnShare({
      nodeLayers: countedNodeLayers(counted),
      layers: counted.layers.map(({ layer }) => layer),
    });
  return {
    edges: countedEdges(sample),
    spectrum: spectrum &&
      spectrumOfMasses(countedMasses(sample, 0, spectrum.minimumEdges), spectrum, share()),
    nodes: nodes && nodesOf(sample, spectrum ? 1 : 0, nodes.minimumEdges),
  };
}

function nodesOf(sample: CountedSample, way: number, minimumEdges: number): MeasuredNodes {
  const parts = countedDimensions(sample, way, minimumEdges);
  const all = (numbers: (part: PartDimensions) => Iterable<number>) =>
    parts.flatMap((part) => [...numbers(part)]);
  return {
    nodeIds: Int32Array.from(all(({ nodeIds }) => nodeIds)),
    layers: Uint16Array.from(
      parts.flatMap(({ nodeIds: { length } }, i) => Array(length).fill(sample.layers[i]!.index)),
    ),
    values: Float64Array.from(all(({ values }) => values)),
    edges: Uint32Array.from(all(({ edges }) => edges)),
    statuses: Uint8Array.from(all(({ statuses }) => statuses)),
  };
}

function columnsOf(nodes: readonly Nfd[]): MeasuredNodes {
  return {
    nodeIds: Int32Array.from(nodes, ({ nodeId }) => nodeId),
    layers: Uint16Array.from(nodes, ({ layer }) => layer),
    values: Float64Array.from(nodes, ({ value }) => value),
    edges: Uint32Array.from(nodes, ({ edges }) => edges),
    statuses: Uint8Array.from(nodes, ({ status }) => nodeStatuses.indexOf(status)),
  };
}
