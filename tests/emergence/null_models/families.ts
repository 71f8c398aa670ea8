/** One small model for each way that weights are stored. */

import type { Checkpoint, FloatType } from "../../../lib/checkpoints/checkpoint.ts";
import { memoryCheckpoint, type Shapes } from "../../helpers/memory_checkpoint.ts";

type Family = readonly [Shapes, Record<string, unknown> | null];

const gptNeoX = { model_type: "gpt_neox", num_attention_heads: 4 };

/** Fused per head; `in, out` with query, key and value side by side; matrices apart with shared heads; kernels. */
export const families: Readonly<Record<"gpt_neox" | "gpt2" | "llama" | "resnet", Family>> = {
  gpt_neox: [{
    "gpt_neox.layers.0.attention.query_key_value.weight": [48, 16],
    "gpt_neox.layers.0.attention.dense.weight": [16, 16],
    "gpt_neox.layers.0.mlp.dense_h_to_4h.weight": [300, 16],
    "gpt_neox.layers.0.mlp.dense_4h_to_h.weight": [16, 300],
  }, gptNeoX],
  gpt2: [{
    "h.0.attn.c_attn.weight": [16, 48],
    "h.0.attn.c_proj.weight": [16, 16],
    "h.0.mlp.c_fc.weight": [16, 64],
    "h.0.mlp.c_proj.weight": [64, 16],
  }, null],
  llama: [{
    "model.layers.0.self_attn.q_proj.weight": [16, 12],
    "model.layers.0.self_attn.k_proj.weight": [8, 12],
    "model.layers.0.self_attn.v_proj.weight": [8, 12],
    "model.layers.0.self_attn.o_proj.weight": [12, 16],
    "model.layers.0.mlp.gate_proj.weight": [24, 12],
    "model.layers.0.mlp.up_proj.weight": [24, 12],
    "model.layers.0.mlp.down_proj.weight": [12, 24],
  }, { model_type: "llama", num_attention_heads: 4, num_key_value_heads: 2, head_dim: 4 }],
  resnet: [{
    "conv1.weight": [16, 3, 3, 3],
    "layer1.0.conv1.weight": [16, 16, 3, 3],
    "layer1.0.conv2.weight": [16, 16, 3, 3],
    "fc.weight": [20, 16],
  }, null],
};

/** A small model in memory; `change` as of {@linkcode memoryCheckpoint}. */
export function familyCheckpoint(
  family: keyof typeof families,
  dtype: FloatType = "F16",
  change?: (values: Float64Array, name: string) => void,
): Checkpoint {
  const [shapes, config] = families[family];
  return memoryCheckpoint(shapes, dtype, config, change);
}
