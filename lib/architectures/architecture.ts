/** What the house knows of a model's inside: its layers of neurons, what joins them, and how they are sampled. */

/** One layer of neurons. */
export interface NeuronLayer {
  /** Unique name, e.g. `block 0 attention`. */
  readonly name: string;
  /** The block the layer belongs to, from 0. */
  readonly block: number;
  /** What the layer's neurons are, e.g. `query, key, value`; the same in each block. */
  readonly role: string;
  /** How many neurons it has. */
  readonly size: number;
  /** Whether its neurons' out-edges are weights of the model; `false` for a fixed pattern or none at all. */
  readonly learned: boolean;
}

/** Two layers that edges join, by their index in {@linkcode Architecture.layers}. */
export interface LayerPair {
  /** What joins them in their block, e.g. `attention.dense`; the same in each block. */
  readonly role: string;
  /** The block it belongs to, from 0. */
  readonly block: number;
  /** The layer that the edges come from. */
  readonly from: number;
  /** The layer that the edges lead to; always a later one. */
  readonly to: number;
}

/**
 * A stored matrix of weights: entry `[j, i]` is the weight from neuron i of one layer to neuron
 * {@linkcode first} + j of another.
 */
export interface WeightMatrix extends LayerPair {
  /** Name of the stored tensor. */
  readonly tensor: string;
  /** Number of neurons that the edges lead to. */
  readonly rows: number;
  /** Number of neurons that the edges come from: the size of the layer {@linkcode from}. */
  readonly columns: number;
  /** The first neuron of the layer {@linkcode to} that it leads to; 0 unless several matrices share that layer. */
  readonly first: number;
  /** The stored tensor's first two axes: torch's `Linear` is `out, in`, GPT-2's `Conv1D` is `in, out`. */
  readonly orientation: "out, in" | "in, out";
  /** Positions of a convolution's kernel, the product of its further axes; 1 for a plain matrix. */
  readonly kernel: number;
  /** Whether its rows are stored head by head as GPT-NeoX's query, key, value; see {@linkcode queryKeyValueRow}. */
  readonly fused: boolean;
  /** Whether its rows are stored group by group instead, and how; see {@linkcode groupedRow}. */
  readonly groups?: HeadGroups;
}

/** Heads that share a key and a value, stored together: the queries of each, then the key, then the value. */
export interface HeadGroups {
  /** How many heads share. */
  readonly sharing: number;
  /** Neurons of one head. */
  readonly headSize: number;
}

/**
 * Edges of weight 1 that are no weights of the model: each neuron below {@linkcode paired} leads to the one neuron
 * with its number modulo the size of the layer {@linkcode to}, and every other neuron to all of them.
 */
export interface FixedPattern extends LayerPair {
  /** How many neurons of the layer {@linkcode from}, counted from its first, lead to one neuron only. */
  readonly paired: number;
}

/**
 * Neurons of a layer that follow from the drawn ones: x takes along
 * `first + floor(x / (sharing · headSize)) · headSize + x mod headSize`, which is `first + x` where no heads share.
 */
export interface DrawnPart {
  /** The first neuron of the part in its layer. */
  readonly first: number;
  /** How many heads share one; the queries' heads of grouped keys and values, 1 elsewhere. */
  readonly sharing: number;
  /** Neurons of one head, 1 where {@linkcode sharing} is 1. */
  readonly headSize: number;
}

/** A layer whose sampled neurons follow from a draw. */
export interface DrawnLayer {
  /** Index in {@linkcode Architecture.layers}. */
  readonly layer: number;
  /** Which of its neurons; those that several drawn neurons share are taken once. */
  readonly parts: readonly DrawnPart[];
}

/** One random draw of neurons, and the layers that share it. */
export interface NeuronDraw {
  /** How many neurons there are to draw from. */
  readonly size: number;
  /** How many times `layerSample` neurons are drawn: 2 inside a transformer's MLP, 1 elsewhere. */
  readonly times: 1 | 2;
  /**
   * Whether all neurons are taken where there are fewer than should be drawn. It is refused in a transformer, as published,
   * since all its layers are wide; image channels or a classifier's outputs can be few.
   */
  readonly allOfFew: boolean;
  /** The layers that it decides. */
  readonly layers: readonly DrawnLayer[];
}

/** A tensor that is no part of the network, although it is no vector. */
export interface IgnoredTensor {
  /** Its name. */
  readonly tensor: string;
  /** Why it is left out, in a few words. */
  readonly reason: string;
}

/** The layers and matrices of one model, with the sizes that its tensors have. */
export interface Architecture {
  /** The family it was recognised as, e.g. `gpt_neox`. */
  readonly family: string;
  /** Attention heads of a block, or `null` where no config tells or there are none. */
  readonly heads: number | null;
  /**
   * All layers, in the order in which edges pass through them; only the last is no layer that edges come from. Node ids
   * count their neurons one layer after another.
   */
  readonly layers: readonly NeuronLayer[];
  /** All weight matrices, in the order of the layers that they come from. */
  readonly matrices: readonly WeightMatrix[];
  /** All fixed patterns, in the order of the layers that they come from. */
  readonly patterns: readonly FixedPattern[];
  /** The random draws of a sample, in their order; each layer is in one of them. */
  readonly draws: readonly NeuronDraw[];
  /** All tensors with two axes or more that are left out, each with the reason. */
  readonly ignored?: readonly IgnoredTensor[];
  /** Whether it was proposed by shapes and order, rather than known. */
  readonly guess?: true;
  /** What was taken in a guess where shapes alone do not tell. */
  readonly choice?: string;
}
