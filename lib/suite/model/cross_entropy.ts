import * as tf from "@tensorflow/tfjs";

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
