/** Llama and the models of its kind, Mistral, OLMo 2, Qwen 2 and 3 among them: grouped keys and values, a gated MLP. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { Architecture } from "./architecture.ts";
import { checkConfiguredSize } from "./checks.ts";
import {
  configuredHeads,
  describeTransformer,
  hasBlockTensors,
  type TransformerFamily,
  usualConfigNames,
} from "./describe_transformer.ts";

const llama: TransformerFamily = {
  family: "llama",
  blockTensor: /^((?:model\.)?layers\.)(\d+)\./,
  matrices: [
    ["self_attn.q_proj", "block input", "query"],
    ["self_attn.k_proj", "block input", "key"],
    ["self_attn.v_proj", "block input", "value"],
    ["self_attn.o_proj", "attention output", "feed-forward input"],
    ["mlp.gate_proj", "feed-forward input", "gate"],
    ["mlp.up_proj", "feed-forward input", "up"],
    ["mlp.down_proj", "feed-forward hidden", "block output"],
  ],
  config: usualConfigNames,
  sizes(joined, checkpoint) {
    const attention = joined("self_attn.q_proj").to;
    const keyValue = joined("self_attn.k_proj").to;
    return {
      hidden: joined("self_attn.q_proj").from,
      intermediate: joined("mlp.gate_proj").to,
      gated: true,
      attention,
      keyValue,
      headSize: headSize(checkpoint, attention, keyValue),
    };
  },
};

/** Neurons of one head, which tells the queries that share a key and a value; the tensors alone do not. */
function headSize(checkpoint: Checkpoint, attention: number, keyValue: number): number {
  const heads = configuredHeads(checkpoint, "num_attention_heads", attention);
  if (heads === null && keyValue === attention) return attention;
  if (heads === null) {
    throw new Error(
      `${checkpoint.source} has ${attention} queries that share ${keyValue} keys, and no number of ` +
        "heads: put a config.json with num_attention_heads beside the weights",
    );
  }
  const size = attention / heads;
  const groups = keyValue / size;
  if (!Number.isInteger(groups) || heads % groups !== 0) {
    throw new Error(
      `config.json of ${checkpoint.source} says num_attention_heads ${heads}, but heads of ` +
        `${attention} / ${heads} neurons can't share its ${keyValue} keys`,
    );
  }
  checkConfiguredSize(checkpoint, "num_key_value_heads", groups);
  checkConfiguredSize(checkpoint, "head_dim", size);
  return size;
}

/** Whether a checkpoint has Llama's tensors. */
export function isLlama(checkpoint: Checkpoint): boolean {
  return hasBlockTensors(checkpoint, llama, ["self_attn.q_proj", "mlp.gate_proj"]);
}

/**
 * The layers and matrices of a Llama checkpoint. Keys and values that heads share are neurons once, and a sample takes those
 * of the queries drawn; {@linkcode transformerLayers} tells what becomes of the gate.
 *
 * @throws {Error} naming the tensor that is missing, of a wrong shape or without a place, or the entry of the
 * config that is missing or contradicts the tensors.
 */
export function describeLlama(checkpoint: Checkpoint): Architecture {
  return describeTransformer(checkpoint, llama);
}
