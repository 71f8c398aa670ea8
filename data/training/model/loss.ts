import * as tf from "@tensorflow/tfjs";
import type { ModelConfig } from "./config.ts";
import { forward, type ParameterTensors } from "./forward.ts";
import { gradientsOf } from "./gradients.ts";
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
  return gradientsOf(parameters, (tensors) => batchLoss(config, tensors, batch));
}

/** Smallest normal single-precision number, so that the logarithm of a vanished probability stays finite. */
const TINY = 1.1754944e-38;

/** Mean cross entropy in nats of `[tokens, vocabulary]` logits against one-hot targets of the same shape. */
export function crossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [logits, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc];
    const probabilities = tf.softmax(logits);
    const likelihoods = tf.sum(tf.mul(probabilities, targets), 1);
    save([probabilities, targets]);
    return {
      value: tf.neg(tf.mean(tf.log(tf.maximum(likelihoods, TINY)))),
      gradFunc: (dy: tf.Tensor, [probabilities, targets]: tf.Tensor[]) =>
        tf.mul(
          tf.sub(probabilities as tf.Tensor, targets as tf.Tensor),
          tf.div(dy, logits.shape[0]),
        ),
    };
  });
  return operation(logits) as tf.Scalar;
}
