import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { columnSums } from "../../../data/training/kernels/column_sums_plain.ts";
import * as twin from "../../../data/training/kernels/layer_normalization_plain.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { layerNormalization } from "../../../data/training/model/layer_normalization.ts";
import { sumOverTokens } from "../../../data/training/model/linear.ts";
import { randomMatrix, randomValues } from "./random_values.ts";

await startBackend();

/** Value and gradients by tfjs's operations. */
function byOperations(
  [x, gain, bias]: [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D],
  epsilon: number,
  dy: tf.Tensor2D,
): tf.Tensor[] {
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon));
  const normal = tf.mul(centred, inverse) as tf.Tensor2D;
  const scaled = tf.mul(dy, gain);
  const along = tf.mul(normal, tf.mean(tf.mul(scaled, normal), 1, true));
  const dx = tf.mul(inverse, tf.sub(tf.sub(scaled, tf.mean(scaled, 1, true)), along));
  return [
    tf.add(tf.mul(normal, gain), bias),
    dx,
    sumOverTokens(tf.mul(dy, normal) as tf.Tensor2D),
    sumOverTokens(dy),
  ];
}

for (const [rows, columns] of [[1, 1], [5, 7], [12, 64]] as const) {
  Deno.test(`layer normalization of ${rows} × ${columns} and its gradients are tfjs's to the bit`, () => {
    const [x, dy] = [randomMatrix("x", rows, columns, 3), randomMatrix("dy", rows, columns)];
    const [gain, bias] = [randomValues("gain", columns), randomValues("bias", columns)];
    const [value, ...gradients] = tf.tidy(() => {
      const inputs: [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D] = [
        tf.tensor2d(x.values, [rows, columns]),
        tf.tensor1d(gain),
        tf.tensor1d(bias),
      ];
      const above = tf.tensor2d(dy.values, [rows, columns]);
      const operation = (x: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor) =>
        layerNormalization(x as tf.Tensor2D, gain as tf.Tensor1D, bias as tf.Tensor1D, 1e-5);
      const results = [operation(...inputs), ...tf.grads(operation)([...inputs], above)];
      const expected = byOperations(inputs, 1e-5, above);
      return results.map((result, i) => {
        assert.deepEqual(result.dataSync(), expected[i]!.dataSync());
        return result.dataSync();
      });
    });
    const normalized = twin.layerNormalization(x, gain, bias, 1e-5);
    const { dx, dGain } = twin.layerNormalizationGradient(dy, normalized, gain);
    assert.deepEqual(normalized.result.values, value);
    assert.deepEqual([dx.values, columnSums(dGain), columnSums(dy)], gradients);
  });
}
