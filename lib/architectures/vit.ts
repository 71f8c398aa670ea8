/** ViT, the vision transformer, as Hugging Face stores it; patch embedding and classifier are no part of its blocks. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture } from "./architecture.ts";
import {
  describeTransformer,
  hasBlockTensors,
  type TransformerFamily,
} from "./describe_transformer.ts";

const vit: TransformerFamily = {
  family: "vit",
  blockTensor: /^((?:.*\.)?encoder\.layer\.)(\d+)\./,
  matrices: [
    ["attention.attention.query", "block input", "query"],
    ["attention.attention.key", "block input", "key"],
    ["attention.attention.value", "block input", "value"],
    ["attention.output.dense", "attention output", "feed-forward input"],
    ["intermediate.dense", "feed-forward input", "feed-forward hidden"],
    ["output.dense", "feed-forward hidden", "block output"],
  ],
  config: {
    blocks: "num_hidden_layers",
    hidden: "hidden_size",
    intermediate: "intermediate_size",
    heads: "num_attention_heads",
  },
  sizes: (joined) => ({
    hidden: joined("attention.attention.query").from,
    intermediate: joined("intermediate.dense").to,
  }),
};

/** Whether a checkpoint has ViT's tensors. */
export function isVit(checkpoint: Checkpoint): boolean {
  return hasBlockTensors(checkpoint, vit, ["attention.attention.query"]);
}

/**
 * The layers and matrices of a ViT checkpoint.
 *
 * @throws {Error} naming the tensor that is missing, of a wrong shape or without a place, or the entry of the
 * config that contradicts the tensors.
 */
export function describeVit(checkpoint: Checkpoint): Architecture {
  return describeTransformer(checkpoint, vit);
}
