import * as tf from "@tensorflow/tfjs";
import { addressOf, emptyTensor, kernels } from "../kernels/kernels.ts";
import { sumOverTokens } from "./linear.ts";

/** Layer normalization of `[tokens, features]` over features, with gain and bias. */
export function layerNormalization(
  x: tf.Tensor2D,
  gain: tf.Tensor1D,
  bias: tf.Tensor1D,
  epsilon: number,
): tf.Tensor2D {
  const [tokens, features] = x.shape;
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, gain, bias, save] = inputs as [
      tf.Tensor2D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    const value = emptyTensor<tf.Rank.R2>(tokens, features);
    const normal = emptyTensor<tf.Rank.R2>(tokens, features);
    const inverse = emptyTensor<tf.Rank.R1>(tokens);
    kernels().layerNormalization(
      ...[addressOf(x), addressOf(gain), addressOf(bias), epsilon],
      ...[addressOf(normal), addressOf(inverse), addressOf(value), tokens, features],
    );
    save([normal, inverse, gain]);
    return {
      value,
      gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
        const dx = emptyTensor<tf.Rank.R2>(tokens, features);
        const dGain = emptyTensor<tf.Rank.R2>(tokens, features);
        kernels().layerNormalizationGradient(
          ...[dy, ...saved, dx, dGain].map(addressOf),
          ...[tokens, features],
        );
        return [dx, sumOverTokens(dGain), sumOverTokens(dy as tf.Tensor2D)];
      },
    };
  });
  return operation(x, gain, bias) as tf.Tensor2D;
}
