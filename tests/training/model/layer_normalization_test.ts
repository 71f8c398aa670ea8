import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../data/training/model/backend.ts";
import { layerNormalization } from "../../../data/training/model/layer_normalization.ts";

await startBackend();

Deno.test("each token is centred and divided by the root of its variance plus epsilon", () => {
  // Deviations ±3 and variance 9; with epsilon 7 the divisor is 4.
  const values = tf.tidy(() =>
    layerNormalization(
      tf.tensor2d([[2, 8, 2, 8], [-101, -107, -107, -101]]),
      tf.tensor1d([1, 1, 1, 2]),
      tf.tensor1d([0, 0, 10, 0]),
      7,
    ).arraySync()
  );
  assert.deepEqual(values, [[-0.75, 0.75, 9.25, 1.5], [0.75, -0.75, 9.25, 1.5]]);
});

Deno.test("a token whose features are all equal becomes the bias", () => {
  const values = tf.tidy(() =>
    layerNormalization(tf.tensor2d([[5, 5]]), tf.tensor1d([2, 3]), tf.tensor1d([-1, 4]), 1e-5)
      .arraySync()
  );
  assert.deepEqual(values, [[-1, 4]]);
});

Deno.test("gradients of gain and bias are sums over tokens, that of the input ignores a shift", () => {
  const x = tf.tensor2d([[2, 8, 2, 8], [7, 1, 1, 7], [0, 6, 6, 0]]);
  const [gain, bias] = [tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([0, 0, 0, 0])];
  const dy = tf.tensor2d([[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0]]);
  const gradient = tf.grads((x, gain, bias) =>
    layerNormalization(x as tf.Tensor2D, gain as tf.Tensor1D, bias as tf.Tensor1D, 7)
  );
  const [dx, dGain, dBias] = gradient([x, gain, bias], dy);
  assert.deepEqual([...dGain!.dataSync()], [-1.5, 0, 0, 0]);
  assert.deepEqual([...dBias!.dataSync()], [2, 2, 0, 0]);
  for (const row of dx!.arraySync() as number[][]) {
    assert.ok(Math.abs(row.reduce((sum, value) => sum + value)) < 1e-6);
  }
  // By hand for the first token: (dy − mean dy − normal · mean(dy · normal)) / 4 with normal ±0.75.
  const [first] = dx!.arraySync() as number[][];
  [0.75 - 0.140625, -0.25 + 0.140625, -0.25 - 0.140625, -0.25 + 0.140625].forEach((value, i) =>
    assert.ok(Math.abs(first![i]! - value / 4) < 1e-7, `${first}`)
  );
  tf.dispose([x, gain, bias, dy, dx!, dGain!, dBias!]);
});
