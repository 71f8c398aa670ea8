/** A small model of each kind of layers, and its whole network. */

import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { linkLayers } from "../../lib/networks/link_layers.ts";
import { type NeuronInteractionNetwork, sampledNetwork } from "../../lib/networks/network.ts";
import { readWeights } from "../../lib/networks/read_weights.ts";
import type { Shapes } from "../helpers/memory_checkpoint.ts";

/** Shapes of one block of GPT-NeoX. */
export const gptNeoX: Shapes = {
  "gpt_neox.layers.0.attention.query_key_value.weight": [48, 16],
  "gpt_neox.layers.0.attention.dense.weight": [16, 16],
  "gpt_neox.layers.0.mlp.dense_h_to_4h.weight": [300, 16],
  "gpt_neox.layers.0.mlp.dense_4h_to_h.weight": [16, 300],
};
const llama: Shapes = {
  "model.layers.0.self_attn.q_proj.weight": [16, 12],
  "model.layers.0.self_attn.k_proj.weight": [8, 12],
  "model.layers.0.self_attn.v_proj.weight": [8, 12],
  "model.layers.0.self_attn.o_proj.weight": [12, 16],
  "model.layers.0.mlp.gate_proj.weight": [24, 12],
  "model.layers.0.mlp.up_proj.weight": [24, 12],
  "model.layers.0.mlp.down_proj.weight": [12, 24],
};
const gpt2: Shapes = {
  "h.0.attn.c_attn.weight": [16, 48],
  "h.0.attn.c_proj.weight": [16, 16],
  "h.0.mlp.c_fc.weight": [16, 64],
  "h.0.mlp.c_proj.weight": [64, 16],
};
const resnet: Shapes = {
  "conv1.weight": [16, 3, 3, 3],
  "layer1.0.conv1.weight": [16, 16, 3, 3],
  "layer1.0.conv2.weight": [16, 16, 3, 3],
  "layer2.0.conv1.weight": [24, 16, 3, 3],
  "layer2.0.conv2.weight": [24, 24, 3, 3],
  "layer2.0.downsample.0.weight": [24, 16, 1, 1],
  "fc.weight": [20, 24],
};
/** Shapes of a small model, and its config. */
export type Family = readonly [Shapes, Record<string, unknown> | null];

/** One small model a family. */
export const families: Readonly<Record<"gpt_neox" | "llama" | "gpt2" | "resnet", Family>> = {
  gpt_neox: [gptNeoX, null],
  llama: [llama, {
    model_type: "llama",
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 4,
  }],
  gpt2: [gpt2, null],
  resnet: [resnet, null],
};

/** The network of every neuron and every edge, with every length in memory. */
export async function everyEdgeOf(checkpoint: Checkpoint): Promise<NeuronInteractionNetwork> {
  const architecture = detectArchitecture(checkpoint);
  const everyone = {
    layers: architecture.layers.map(({ size }) => Int32Array.from(Array(size).keys())),
  };
  const read = { qkv: "reference", edges: "all" } as const;
  const [weights] = await readWeights(checkpoint, architecture, [everyone], read);
  return sampledNetwork(linkLayers(architecture, everyone, weights!, { edges: "all" }));
}
