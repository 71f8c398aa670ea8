import * as tf from "@tensorflow/tfjs";
import { causalAttention, rotaryTable } from "./attention.ts";
import type { ModelConfig } from "./config.ts";
import { gelu } from "./gelu.ts";
import { layerNormalization } from "./layer_normalization.ts";
import { embedding, linear, linearWithoutBias } from "./linear.ts";

/** Tensors of a model's parameters by their checkpoint names. */
export type ParameterTensors = Readonly<Record<string, tf.Tensor>>;

/** How the tokens of one layer attend: from fused queries, keys and values to `[tokens, hidden]`. */
export type Attend = (fused: tf.Tensor2D, layer: number) => tf.Tensor2D;

/**
 * The GPT-NeoX decoder with parallel residual, `x + attention(norm₁ x) + mlp(norm₂ x)` in each layer.
 *
 * @param config Sizes of the model.
 * @param tensors Its parameters.
 * @param tokens One-hot token ids, `[sequences × contextLength, vocabulary]`.
 * @param contextLength Tokens of one sequence.
 * @param attend Attention; unless given, every token attends to those before it in its sequence.
 * @returns Logits of the next token, `[sequences × contextLength, vocabulary]`.
 */
export function forward(
  config: ModelConfig,
  tensors: ParameterTensors,
  tokens: tf.Tensor2D,
  contextLength: number,
  attend?: Attend,
): tf.Tensor2D {
  const weight = (name: string) => tensors[name] as tf.Tensor2D;
  const vector = (name: string) => tensors[name] as tf.Tensor1D;
  const layerOf = (x: tf.Tensor2D, name: string) =>
    linear(x, weight(`${name}.weight`), vector(`${name}.bias`));
  const norm = (x: tf.Tensor2D, name: string) =>
    layerNormalization(x, vector(`${name}.weight`), vector(`${name}.bias`), config.layer_norm_eps);
  if (!attend) {
    const shape = {
      heads: config.num_attention_heads,
      headSize: config.hidden_size / config.num_attention_heads,
      contextLength,
      rotary: rotaryTable(config, contextLength),
    };
    attend = (fused) => causalAttention(fused, shape);
  }

  let x = embedding(tokens, weight("gpt_neox.embed_in.weight"));
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const at = `gpt_neox.layers.${layer}.`;
    const fused = layerOf(norm(x, `${at}input_layernorm`), `${at}attention.query_key_value`);
    const attended = layerOf(attend(fused, layer), `${at}attention.dense`);
    const inner = gelu(layerOf(norm(x, `${at}post_attention_layernorm`), `${at}mlp.dense_h_to_4h`));
    x = tf.addN([x, attended, layerOf(inner, `${at}mlp.dense_4h_to_h`)]);
  }
  return linearWithoutBias(norm(x, "gpt_neox.final_layer_norm"), weight("embed_out.weight"));
}
