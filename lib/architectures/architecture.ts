/** What the house knows of a model's inside: its layers of neurons and the matrices between them. */

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

/** A stored matrix `[rows, columns]`: entry `[j, i]` is the weight from neuron i of one layer to neuron j of another. */
export interface WeightMatrix {
  /** What it does in its block, e.g. `attention.dense`; the same in each block. */
  readonly role: string;
  /** The block it belongs to, from 0. */
  readonly block: number;
  /** Name of the stored tensor. */
  readonly tensor: string;
  /** Size of the layer that the edges lead to. */
  readonly rows: number;
  /** Size of the layer that the edges come from. */
  readonly columns: number;
  /** Index in {@linkcode Architecture.layers} of the layer that the edges come from. */
  readonly from: number;
  /** Index in {@linkcode Architecture.layers} of the layer that the edges lead to. */
  readonly to: number;
}

/** The layers and matrices of one model, with the sizes that its tensors have. */
export interface Architecture {
  /** The family it was recognised as. */
  readonly family: "gpt_neox";
  /** Number of transformer blocks. */
  readonly blocks: number;
  /** Neurons in the residual stream. */
  readonly hidden: number;
  /** Neurons inside a block's MLP. */
  readonly intermediate: number;
  /** Attention heads of a block, or `null` where no config tells. */
  readonly heads: number | null;
  /** All layers, in the order in which edges pass through them. */
  readonly layers: readonly NeuronLayer[];
  /** All weight matrices, in the order of the layers that they come from. */
  readonly matrices: readonly WeightMatrix[];
}
