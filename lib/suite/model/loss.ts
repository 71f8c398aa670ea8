import * as tf from "@tensorflow/tfjs";
import type { ModelConfig } from "./config.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { forward, type ParameterTensors } from "./forward.ts";
import type { Parameters } from "./parameters.ts";

/** A batch: for each sequence `contextLength + 1` token ids, so that every token but the last predicts the next. */
export type Batch = readonly Uint8Array[];

function oneHot(ids: Int32Array, depth: number): tf.Tensor2D {
  return tf.cast(tf.oneHot(tf.tensor1d(ids, "int32"), depth), "float32") as tf.Tensor2D;
}

/** One-hot inputs of a batch, `[sequences × contextLength, vocabulary]`. */
export function inputTokens(batch: Batch, vocabulary: number): tf.Tensor2D {
  return oneHot(Int32Array.from(batch.flatMap((ids) => [...ids.subarray(0, -1)])), vocabulary);
}

function targetTokens(batch: Batch, vocabulary: number): tf.Tensor2D {
  return oneHot(Int32Array.from(batch.flatMap((ids) => [...ids.subarray(1)])), vocabulary);
}

/** Upload parameters; the caller disposes of the tensors. */
export function toTensors(parameters: Parameters): Record<string, tf.Tensor> {
  const tensors: Record<string, tf.Tensor> = {};
  for (const [name, { shape, values }] of parameters) tensors[name] = tf.tensor(values, [...shape]);
  return tensors;
}

/** Mean next-token loss of a batch in nats. */
export function batchLoss(config: ModelConfig, tensors: ParameterTensors, batch: Batch): tf.Scalar {
  const tokens = inputTokens(batch, config.vocab_size);
  const logits = forward(config, tensors, tokens, tokens.shape[0] / batch.length);
  return crossEntropy(logits, targetTokens(batch, config.vocab_size));
}

/** Loss of a batch in nats and the gradient of every parameter by name. */
export function lossAndGradients(
  config: ModelConfig,
  parameters: Parameters,
  batch: Batch,
): { loss: number; gradients: Record<string, Float32Array> } {
  const names = [...parameters.keys()];
  let loss = NaN;
  const gradients: Record<string, Float32Array> = {};
  // Typed arrays leave by assignment: tidy walks through every element of what it returns.
  tf.tidy(() => {
    const tensors = Object.values(toTensors(parameters));
    const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) =>
      batchLoss(
        config,
        Object.fromEntries(names.map((name, i) => [name, values[i] as tf.Tensor])),
        batch,
      )
    )(tensors);
    loss = value.dataSync()[0] as number;
    names.forEach((name, i) => gradients[name] = grads[i]!.dataSync() as Float32Array);
  });
  return { loss, gradients };
}
