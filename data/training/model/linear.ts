import * as tf from "@tensorflow/tfjs";

function transposed(a: tf.Tensor2D): tf.Tensor2D {
  return tf.transpose(a);
}

/**
 * `aᵀ · b` for two tall operands `[tokens, …]`. tfjs's product with a transposed operand is ten times slower on
 * WebAssembly than a transposition and a plain product, so the narrower operand is transposed first.
 */
function productOverTokens(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return a.shape[1] <= b.shape[1]
    ? tf.matMul(transposed(a), b)
    : transposed(tf.matMul(transposed(b), a));
}

/** `x · weightᵀ` for `x` as `[tokens, in]` and `weight` as `[out, in]`. */
export function linearWithoutBias(x: tf.Tensor2D, weight: tf.Tensor2D): tf.Tensor2D {
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [x, weight, save] = inputs as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc];
    save([x, weight]);
    return {
      value: tf.matMul(x, transposed(weight)),
      gradFunc: (dy: tf.Tensor, [x, weight]: tf.Tensor[]) => [
        tf.matMul(dy as tf.Tensor2D, weight as tf.Tensor2D),
        productOverTokens(dy as tf.Tensor2D, x as tf.Tensor2D),
      ],
    };
  });
  return operation(x, weight) as tf.Tensor2D;
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
 * Column sums of `[tokens, features]` as `[features]`: halves are added to each other while they are equal, which
 * is several times faster here than `tf.sum` over the first axis and rounds less.
 */
export function sumOverTokens(x: tf.Tensor2D): tf.Tensor1D {
  const features = x.shape[1];
  let rest = x;
  for (let rows = x.shape[0]; rows % 2 === 0; rows = rest.shape[0]) {
    const half = rows / 2;
    rest = tf.add(
      tf.slice(rest, [0, 0], [half, features]),
      tf.slice(rest, [half, 0], [half, features]),
    );
  }
  return tf.sum(rest, 0) as tf.Tensor1D;
}
