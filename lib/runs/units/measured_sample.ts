/** Everything that is measured of one sampled network. */
import {
  type NodeFractalDimension,
  nodeFractalDimensions,
} from "../../multifractal/node_fractal_dimension.ts";
import type { NodeFractalDimensionRow } from "../../multifractal/node_fractal_dimension_tables.ts";
import {
  type MultifractalSpectrum,
  multifractalSpectrum,
} from "../../multifractal/multifractal_spectrum.ts";
import { nodeStatuses, type PartDimensions } from "../../multifractal/part_dimensions.ts";
import { growNetworkBoxes } from "../../networks/grow_network_boxes.ts";
import type { NetworkSample } from "../../networks/sample_networks.ts";
import { restrictNetwork } from "../../networks/restrict_network.ts";
import { boxOptions, spectrumOptions } from "./spectrum_choices.ts";
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

/** The nodes of all layers; all arrays have one entry for each. */
export interface MeasuredNodes extends PartDimensions {
  /** Index of each node's layer among the model's. */
  readonly layers: Uint16Array;
}

/**
 * Measure a sampled network.
 *
 * @throws {RangeError} If a choice is out of range.
 */
export function measureSample(sample: NetworkSample, choices: UnitChoices): MeasuredSample {
  const { only, spectrum, nodes } = choices;
  const network = only === null ? sample.network : restrictNetwork(sample.network, only);
  return {
    edges: network.lengths.length,
    spectrum: spectrum && multifractalSpectrum(
      growNetworkBoxes({ ...sample, network }, boxOptions(spectrum)),
      spectrumOptions(spectrum),
    ),
    nodes: nodes && columnsOf(nodeFractalDimensions(network, nodes)),
  };
}

function columnsOf(nodes: readonly NodeFractalDimension[]): MeasuredNodes {
  return {
    nodeIds: Int32Array.from(nodes, ({ nodeId }) => nodeId),
    layers: Uint16Array.from(nodes, ({ layer }) => layer),
    values: Float64Array.from(nodes, ({ value }) => value),
    edges: Uint32Array.from(nodes, ({ edges }) => edges),
    statuses: Uint8Array.from(nodes, ({ status }) => nodeStatuses.indexOf(status)),
  };
}

/** The rows of the table of some nodes. */
export function nodeRows(
  { nodeIds, layers, values, edges, statuses }: MeasuredNodes,
  all: readonly { readonly name: string; readonly role: string }[],
): NodeFractalDimensionRow[] {
  return Array.from(nodeIds, (node_id, i) => ({
    node_id,
    layer: all[layers[i]!]!.name,
    role: all[layers[i]!]!.role,
    nfd_value: values[i]!,
    edges: edges[i]!,
    status: nodeStatuses[statuses[i]!]!,
  }));
}
