/** GPT-NeoX, the family of Pythia and of the bundled suite. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture } from "./architecture.ts";
import {
  describeTransformer,
  hasBlockTensors,
  type TransformerFamily,
  usualConfigNames,
} from "./describe_transformer.ts";

const gptNeoX: TransformerFamily = {
  family: "gpt_neox",
  // GPTNeoXModel saves its tensors without the prefix that the models around it put in front.
  blockTensor: /^((?:gpt_neox\.)?layers\.)(\d+)\./,
  matrices: [
    ["attention.query_key_value", "block input", "query, key, value"],
    ["attention.dense", "attention output", "feed-forward input"],
    ["mlp.dense_h_to_4h", "feed-forward input", "feed-forward hidden"],
    ["mlp.dense_4h_to_h", "feed-forward hidden", "block output"],
  ],
  fused: "attention.query_key_value",
  config: usualConfigNames,
  sizes: (joined) => ({
    hidden: joined("attention.query_key_value").from,
    intermediate: joined("mlp.dense_h_to_4h").to,
  }),
};

/** Whether a checkpoint's config says that it is GPT-NeoX or, where it says nothing, its tensors do. */
export function isGptNeoX(checkpoint: Checkpoint): boolean {
  const { config } = checkpoint;
  if (typeof config?.model_type === "string") return config.model_type === "gpt_neox";
  if (Array.isArray(config?.architectures)) {
    return config.architectures.some((name) => /^GPTNeoX(For|Model)/.test(name));
  }
  return hasBlockTensors(checkpoint, gptNeoX, ["attention.query_key_value"]);
}

/**
 * The layers and matrices of a GPT-NeoX checkpoint: one fused matrix of query, key and value, no gate.
 *
 * @throws {Error} naming the tensor that is missing or of a wrong shape, or the entry of the config that
 * contradicts the tensors.
 */
export function describeGptNeoX(checkpoint: Checkpoint): Architecture {
  return describeTransformer(checkpoint, gptNeoX);
}
