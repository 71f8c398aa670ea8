import * as tf from "@tensorflow/tfjs";

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
