import * as tf from "@tensorflow/tfjs";
import { addressOf, emptyTensor, kernels } from "../kernels/kernels.ts";

/**
 * The Gaussian error linear unit in its exact form, `x · Φ(x)`, with the error function evaluated once
 * for value and slope.
 */
export function gelu(x: tf.Tensor2D): tf.Tensor2D {
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc];
    const cumulative = emptyTensor<tf.Rank.R2>(...x.shape);
    const value = emptyTensor<tf.Rank.R2>(...x.shape);
    const { gelu, geluGradient, table } = kernels();
    gelu(...[x, cumulative, value].map(addressOf), x.size, table);
    save([x, cumulative]);
    return {
      value,
      gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
        const dx = emptyTensor<tf.Rank.R2>(...x.shape);
        geluGradient(...[...saved, dy, dx].map(addressOf), x.size, table);
        return dx;
      },
    };
  });
  return operation(x) as tf.Tensor2D;
}
