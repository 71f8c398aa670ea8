/** The neuron interaction network as typed arrays: nodes in ascending id, their out-edge lengths one after another. */
import type { NeuronLayer } from "../architectures/architecture.ts";

/**
 * A neuron interaction network (Xiao et al., ICLR 2025, arXiv 2402.09099): the nodes with at least one
 * out-edge, in ascending node id, and the lengths `1 / |w|` of their out-edges in compressed rows.
 */
export interface NeuronInteractionNetwork {
  /** Node ids, ascending; length = number of nodes. */
  readonly nodeIds: Int32Array;
  /** For each node, the index of its layer in {@linkcode layers}. */
  readonly nodeLayers: Uint16Array;
  /** The layers whose neurons can have out-edges, in order. */
  readonly layers: readonly NeuronLayer[];
  /** `offsets[i] … offsets[i + 1]` are node i's entries in {@linkcode lengths}; length = nodes + 1. */
  readonly offsets: Uint32Array;
  /** Edge lengths `1 / |w|`, dimensionless, all positive. */
  readonly lengths: Float64Array;
}
