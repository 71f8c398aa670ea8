import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../lib/suite/model/backend.ts";
import { crossEntropy } from "../../../lib/suite/model/cross_entropy.ts";

await startBackend();

function loss(logits: number[][], targets: number[][]): number {
  return tf.tidy(() => crossEntropy(tf.tensor2d(logits), tf.tensor2d(targets)).arraySync());
}

Deno.test("equal logits cost the logarithm of the number of symbols", () => {
  assert.ok(Math.abs(loss([[2, 2, 2, 2]], [[0, 0, 1, 0]]) - Math.log(4)) < 1e-6);
});

Deno.test("the loss is the mean over tokens of minus the logarithm of the target's probability", () => {
  // Probabilities 1/4 and 3/4.
  const logits = [[0, Math.log(3)], [Math.log(3), 0], [Math.log(3), 0]];
  const expected = (Math.log(4) + 2 * Math.log(4 / 3)) / 3;
  assert.ok(Math.abs(loss(logits, [[1, 0], [1, 0], [1, 0]]) - expected) < 1e-6);
});

Deno.test("a target whose probability vanishes costs much, but not infinitely much", () => {
  assert.ok(Math.abs(loss([[0, 500]], [[1, 0]]) - 126 * Math.LN2) < 1e-4);
  assert.ok(loss([[0, 500]], [[0, 1]]) < 1e-6);
});

Deno.test("the gradient is probability minus target over the number of tokens", () => {
  const gradient = tf.tidy(() =>
    tf.grad((logits) =>
      crossEntropy(logits as tf.Tensor2D, tf.tensor2d([[1, 0], [0, 1]])).mul(6) as tf.Scalar
    )(tf.tensor2d([[0, Math.log(3)], [0, 900]])).arraySync()
  ) as number[][];
  const expected = [[-2.25, 2.25], [0, 0]];
  gradient.flat().forEach((value, i) =>
    assert.ok(Math.abs(value - expected.flat()[i]!) < 1e-6, `${gradient}`)
  );
});
