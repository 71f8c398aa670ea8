import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../lib/suite/model/backend.ts";
import { groupNormalization } from "../../../lib/suite/vision/group_normalization.ts";

await startBackend();

const gain = tf.tensor1d([2, -1]);
const bias = tf.tensor1d([10, 0]);

Deno.test("each image is normalised over all its pixels and channels, then scaled by channel", () => {
  // Two images of one pixel: means 2 and 7, deviations 1 and 3.
  const values = tf.tensor2d([[1, 3], [10, 4]]);
  const normal = groupNormalization({ values, side: 1 }, gain, bias);
  assert.equal(normal.side, 1);
  const expected = [-2 + 10, -1, 2 + 10, 1];
  [...normal.values.dataSync()].forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]!) < 1e-4, `${value} is not ${expected[i]}`);
  });
});

Deno.test("gradients of gain and bias sum over images and pixels", () => {
  const values = tf.tensor2d([[1, 3], [1, 3], [1, 3], [1, 3]]);
  const loss = (gain: tf.Tensor, bias: tf.Tensor) =>
    groupNormalization({ values, side: 2 }, gain as tf.Tensor1D, bias as tf.Tensor1D).values;
  const [dGain, dBias] = tf.grads(loss)([gain, bias], tf.ones([4, 2]));
  assert.deepEqual([...dBias!.dataSync()], [4, 4]);
  const [first, second] = dGain!.dataSync();
  assert.ok(Math.abs(first! + 4) < 1e-3 && Math.abs(second! - 4) < 1e-3);
});

Deno.test("an image's scale and shift don't matter", () => {
  const values = tf.tensor2d([[1, 3], [-2, 5], [0, 4], [7, 7]]);
  const of = (values: tf.Tensor2D) => groupNormalization({ values, side: 2 }, gain, bias).values;
  const moved = of(tf.add(tf.mul(values, 3), 5) as tf.Tensor2D).dataSync();
  of(values).dataSync().forEach((value, i) => assert.ok(Math.abs(value - moved[i]!) < 1e-4));
});
