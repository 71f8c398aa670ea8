/** The neuron interaction network as typed arrays: nodes in ascending id, their out-edge lengths one after another. */

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

/** One layer of neurons in a network. */
export interface NeuronLayer {
  /** Unique name, e.g. `block 0 attention output`. */
  readonly name: string;
  /** The block the layer belongs to, from 0. */
  readonly block: number;
  /** What the layer's neurons are, e.g. `query, key, value`. */
  readonly role: string;
  /** How many neurons the whole layer has, sampled or not. */
  readonly size: number;
  /** Whether the out-edges are weights of the model; `false` for a fixed pattern, whose lengths are all 1. */
  readonly learned: boolean;
}
