import * as tf from "@tensorflow/tfjs";
import { addressOf, emptyTensor, kernels, withRoom } from "../kernels/kernels.ts";
import { multiply, plain, transposed } from "../kernels/multiply.ts";

/** `x · weightᵀ + bias` for `x` as `[tokens, in]`, `weight` as `[out, in]` and `bias` as `[out]`. */
export function linear(x: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, weight, bias, save] = inputs as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    save([x, weight]);
    return {
      value: multiply(plain(x), transposed(weight), bias),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => [
        ...linearGradients(dy as tf.Tensor2D, saved),
        sumOverTokens(dy as tf.Tensor2D),
      ],
    };
  });
  return operation(x, weight, bias) as tf.Tensor2D;
}

/** `x · weightᵀ` for `x` as `[tokens, in]` and `weight` as `[out, in]`. */
export function linearWithoutBias(x: tf.Tensor2D, weight: tf.Tensor2D): tf.Tensor2D {
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, weight, save] = inputs as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc];
    save([x, weight]);
    return {
      value: multiply(plain(x), transposed(weight)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => linearGradients(dy as tf.Tensor2D, saved),
    };
  });
  return operation(x, weight) as tf.Tensor2D;
}

/** Gradients by `x` and by `weight`. */
function linearGradients(dy: tf.Tensor2D, saved: tf.Tensor[]): [tf.Tensor2D, tf.Tensor2D] {
  const [x, weight] = saved as [tf.Tensor2D, tf.Tensor2D];
  return [multiply(plain(dy), plain(weight)), multiply(transposed(dy), plain(x))];
}

/** `x + bias` for every token. */
export function addBias(x: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, bias] = inputs as [tf.Tensor2D, tf.Tensor1D];
    return {
      value: tf.add(x, bias),
      gradFunc: (dy: tf.Tensor) => [dy, sumOverTokens(dy as tf.Tensor2D)],
    };
  });
  return operation(x, bias) as tf.Tensor2D;
}

/**
 * The rows of `weight`, `[vocabulary, features]`, of one-hot tokens, `[tokens, vocabulary]`: a product
 * without a gradient by the tokens, which nobody needs.
 */
export function embedding(tokens: tf.Tensor2D, weight: tf.Tensor2D): tf.Tensor2D {
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [weight, save] = inputs as [tf.Tensor2D, tf.GradSaveFunc];
    save([tokens]);
    return {
      value: multiply(plain(tokens), plain(weight)),
      gradFunc: (dy: tf.Tensor, [tokens]: tf.Tensor[]) =>
        multiply(transposed(tokens as tf.Tensor2D), plain(dy as tf.Tensor2D)),
    };
  });
  return operation(weight) as tf.Tensor2D;
}

/**
 * Column sums of `[tokens, features]` as `[features]`: halves are added to each other while they are equal, which
 * rounds less than a sum from the first row to the last.
 */
export function sumOverTokens(x: tf.Tensor2D): tf.Tensor1D {
  const [tokens, features] = x.shape;
  const sums = emptyTensor<tf.Rank.R1>(features);
  withRoom(
    2 * tokens * features,
    (room) => kernels().columnSums(addressOf(x), tokens, features, addressOf(sums), room),
  );
  return sums;
}
