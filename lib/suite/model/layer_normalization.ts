import * as tf from "@tensorflow/tfjs";
import { sumOverTokens } from "./linear.ts";

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
