/** GPT-2, whose matrices are stored [in, out] and query, key and value one after another in one of them. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture } from "./architecture.ts";
import {
  describeTransformer,
  hasBlockTensors,
  type TransformerFamily,
} from "./describe_transformer.ts";

const gpt2: TransformerFamily = {
  family: "gpt2",
  // GPT2Model, as the published files are, saves its tensors without the prefix of the models around it.
  blockTensor: /^((?:transformer\.)?h\.)(\d+)\./,
  matrices: [
    ["attn.c_attn", "block input", "query, key, value"],
    ["attn.c_proj", "attention output", "feed-forward input"],
    ["mlp.c_fc", "feed-forward input", "feed-forward hidden"],
    ["mlp.c_proj", "feed-forward hidden", "block output"],
  ],
  orientation: "in, out",
  config: { blocks: "n_layer", hidden: "n_embd", intermediate: "n_inner", heads: "n_head" },
  sizes: (joined) => ({
    hidden: joined("attn.c_attn").from,
    intermediate: joined("mlp.c_fc").to,
  }),
};

/** Whether a checkpoint has GPT-2's tensors. */
export function isGpt2(checkpoint: Checkpoint): boolean {
  return hasBlockTensors(checkpoint, gpt2, ["attn.c_attn"]);
}

/**
 * The layers and matrices of a GPT-2 checkpoint.
 *
 * @throws {Error} naming the tensor that is missing, of a wrong shape or without a place, or the entry of the
 * config that contradicts the tensors.
 */
export function describeGpt2(checkpoint: Checkpoint): Architecture {
  return describeTransformer(checkpoint, gpt2);
}
