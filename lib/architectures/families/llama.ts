/** Llama and the models of its kind, Mistral, OLMo 2, Qwen 2 and 3, Gemma among them: grouped keys and values, a gated MLP. */

import type {
  ArchitectureDescription,
  MatrixDescription,
} from "../../schemas/architecture_description.ts";
import { gatedBlock, groupedConfig, otherSenses } from "./transformer_blocks.ts";

/** The matrices of grouped attention. */
export const groupedAttention: readonly MatrixDescription[] = [
  { tensor: "self_attn.q_proj.weight", from: "block input", to: "query" },
  { tensor: "self_attn.k_proj.weight", from: "block input", to: "key" },
  { tensor: "self_attn.v_proj.weight", from: "block input", to: "value" },
  { tensor: "self_attn.o_proj.weight", from: "attention output", to: "feed-forward input" },
];

/** Llama as data. Keys and values that heads share are neurons once, and a sample takes those of the queries drawn. */
export const llama: ArchitectureDescription = {
  family: "llama",
  recognised: {
    tensors: ["layers.{block}.self_attn.q_proj.weight", "layers.{block}.mlp.gate_proj.weight"],
  },
  config: groupedConfig,
  sections: [{
    names: "layers.{block}.",
    layers: gatedBlock,
    matrices: [
      ...groupedAttention,
      { tensor: "mlp.gate_proj.weight", from: "feed-forward input", to: "gate" },
      { tensor: "mlp.up_proj.weight", from: "feed-forward input", to: "up" },
      { tensor: "mlp.down_proj.weight", from: "feed-forward hidden", to: "block output" },
    ],
    next: "block output",
  }],
  ignored: otherSenses,
};
