/** Everything that is measured of one sampled network. */

import { measureNfd, type Nfd, nodeStatuses, type PartDimensions } from "../../nfd/nfd.ts";
import {
  type MultifractalSpectrum,
  spectrumOfMasses,
} from "../../multifractal/multifractal_spectrum.ts";
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

function columnsOf(nodes: readonly Nfd[]): MeasuredNodes {
  return {
    nodeIds: Int32Array.from(nodes, ({ nodeId }) => nodeId),
    layers: Uint16Array.from(nodes, ({ layer }) => layer),
    values: Float64Array.from(nodes, ({ value }) => value),
    edges: Uint32Array.from(nodes, ({ edges }) => edges),
    statuses: Uint8Array.from(nodes, ({ status }) => nodeStatuses.indexOf(status)),
  };
}
