import * as tf from "@tensorflow/tfjs";
import { causalAttention, rotaryTable } from "./attention.ts";
import type { ModelConfig } from "./config.ts";
import { addBias, linearWithoutBias, sumOverTokens } from "./linear.ts";

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
  const linear = (x: tf.Tensor2D, name: string) =>
    addBias(linearWithoutBias(x, weight(`${name}.weight`)), vector(`${name}.bias`));
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

  // The embedding is a product with one-hot rows: tfjs on WebAssembly has no gradient for a gather.
  let x = linearWithoutBias(tokens, tf.transpose(weight("gpt_neox.embed_in.weight")));
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const at = `gpt_neox.layers.${layer}.`;
    const fused = linear(norm(x, `${at}input_layernorm`), `${at}attention.query_key_value`);
    const attended = linear(attend(fused, layer), `${at}attention.dense`);
    const inner = gelu(linear(norm(x, `${at}post_attention_layernorm`), `${at}mlp.dense_h_to_4h`));
    x = tf.addN([x, attended, linear(inner, `${at}mlp.dense_4h_to_h`)]);
  }
  return linearWithoutBias(norm(x, "gpt_neox.final_layer_norm"), weight("embed_out.weight"));
}

/** Layer normalisation of `[tokens, features]` over features, with gain and bias; the gradient is written out. */
export function layerNormalization(
  x: tf.Tensor2D,
  gain: tf.Tensor1D,
  bias: tf.Tensor1D,
  epsilon: number,
): tf.Tensor2D {
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, gain, bias, save] = inputs as [
      tf.Tensor2D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    const centred = tf.sub(x, tf.mean(x, 1, true));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon));
    const normal = tf.mul(centred, inverse) as tf.Tensor2D;
    save([normal, inverse, gain]);
    return {
      value: tf.add(tf.mul(normal, gain), bias),
      gradFunc: (dy: tf.Tensor, [normal, inverse, gain]: tf.Tensor[]) => {
        const scaled = tf.mul(dy, gain as tf.Tensor);
        const along = tf.mul(
          normal as tf.Tensor,
          tf.mean(tf.mul(scaled, normal as tf.Tensor), 1, true),
        );
        const dx = tf.mul(
          inverse as tf.Tensor,
          tf.sub(tf.sub(scaled, tf.mean(scaled, 1, true)), along),
        );
        return [
          dx,
          sumOverTokens(tf.mul(dy, normal as tf.Tensor) as tf.Tensor2D),
          sumOverTokens(dy as tf.Tensor2D),
        ];
      },
    };
  });
  return operation(x, gain, bias) as tf.Tensor2D;
}

/** The Gaussian error linear unit in its exact form, `x · Φ(x)`, with the error function evaluated once for value and slope. */
export function gelu(x: tf.Tensor2D): tf.Tensor2D {
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc];
    const cumulative = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
    save([x, cumulative]);
    return {
      value: tf.mul(x, cumulative),
      gradFunc: (dy: tf.Tensor, [x, cumulative]: tf.Tensor[]) => {
        const density = tf.mul(
          tf.exp(tf.mul(tf.square(x as tf.Tensor), -0.5)),
          1 / Math.sqrt(2 * Math.PI),
        );
        return tf.mul(dy, tf.add(cumulative as tf.Tensor, tf.mul(x as tf.Tensor, density)));
      },
    };
  });
  return operation(x) as tf.Tensor2D;
}
