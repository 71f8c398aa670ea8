/** The layers of transformer blocks, the same for all families of them. */

import type {
  IgnoredDescription,
  LayerDescription,
} from "../../schemas/architecture_description.ts";

/**
 * The layers of a transformer block in the order that edges pass through them: block input → query, key, value →
 * attention output → feed-forward input → feed-forward hidden → next block's input (Xiao et al., ICLR 2025,
 * arXiv 2402.09099). From query, key, value to attention output leads the published code's pattern: each query to its own
 * output, each key and value to all outputs. Draws are the published code's too: for each block its input, its attention
 * outputs with their queries, keys and values, its feed-forward input, and twice as many inside the MLP; after the last
 * block its output.
 */
export const attention: readonly LayerDescription[] = [
  { role: "block input" },
  {
    role: "query, key, value",
    parts: ["query", "key", "value"],
    follows: "attention output",
    by: "attention",
    paired: ["query"],
  },
  { role: "attention output" },
  { role: "feed-forward input", residual: "block input" },
];

/** The layers of a block of attention alone, which leads to the next block. */
export const attentionBlock: readonly LayerDescription[] = attention.slice(0, 3);

/** The same with what is inside the MLP. */
export const block: readonly LayerDescription[] = [
  ...attention,
  { role: "feed-forward hidden", times: 2 },
];

/**
 * A block with a gated MLP, which has one layer more: `gate, up`, whose two halves are paired with the neurons inside by a
 * pattern: an inner neuron is the product of its gate and its upward projection, as an attention output is made of a query,
 * keys and values. So each weight is one edge to a neuron of its own. Two edges between the same two neurons would be one
 * neighbour to a path and two to a box, and inner neurons counted twice would each repeat all weights that lead on.
 */
export const gatedBlock: readonly LayerDescription[] = [
  ...attention,
  {
    role: "gate, up",
    parts: ["gate", "up"],
    follows: "feed-forward hidden",
    by: "gating",
    paired: ["gate", "up"],
  },
  { role: "feed-forward hidden", times: 2 },
];

/** The layers of attention to another network's outputs, between those of {@linkcode attention} and the MLP. */
export const crossAttention: readonly LayerDescription[] = [
  { role: "cross-attention input", residual: "block input" },
  {
    role: "cross query, key, value",
    parts: ["cross query", "cross key", "cross value"],
    follows: "cross attention output",
    by: "cross-attention",
    paired: ["cross query"],
  },
  { role: "cross attention output" },
];

/** The names that Hugging Face's transformers give the sizes wherever a family has none of its own. */
export const usualConfig: Readonly<Record<string, string>> = {
  num_hidden_layers: "blocks",
  hidden_size: "block input",
  intermediate_size: "feed-forward hidden",
  num_attention_heads: "heads",
};

/** The same with heads that share keys and values. */
export const groupedConfig: Readonly<Record<string, string>> = {
  ...usualConfig,
  num_key_value_heads: "key heads",
  head_dim: "head size",
};

/** The names that people give the sizes in configs of their own. */
export const shortConfig: Readonly<Record<string, string>> = {
  ...groupedConfig,
  ...{ n_layer: "blocks", n_layers: "blocks", num_layers: "blocks" },
  ...{ n_embd: "block input", d_model: "block input" },
  ...{ n_head: "heads", n_heads: "heads", num_heads: "heads", n_kv_heads: "key heads" },
};

/** What stands beside the language model in a model of images or sounds. */
export const otherSenses: readonly IgnoredDescription[] = [
  ...["vision_tower", "vision_model", "visual", "vision_encoder"].map((tensors) => ({
    tensors: `${tensors}.**`,
    reason: "vision tower, a network of its own",
  })),
  { tensors: "audio_tower.**", reason: "audio tower, a network of its own" },
  { tensors: "*projector.**", reason: "projector between two networks" },
];
