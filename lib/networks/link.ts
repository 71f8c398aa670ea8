/** Edges between two sets of neurons, before they become a network. */
import type { NeuronLayer } from "../architectures/architecture.ts";

/** Every edge from the neurons taken from one layer to those taken from another. */
export interface Link {
  /** Index of the sources' layer in {@linkcode LinkedLayers.layers}. */
  readonly layer: number;
  /** Node ids the edges leave, in the order drawn. */
  readonly sources: Int32Array;
  /** Node ids the edges reach, in the order drawn. */
  readonly targets: Int32Array;
  /** Weights, row-major [sources × targets]; a weight of zero makes no edge. */
  readonly weights: Float64Array;
}

/** Layers and the links between them, in the order the edges are made. */
export interface LinkedLayers {
  /** The layers whose neurons are sources. */
  readonly layers: readonly NeuronLayer[];
  /** The links, in the order their edges are listed. */
  readonly links: readonly Link[];
}
