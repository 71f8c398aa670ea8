import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { linearWithoutBias } from "../../../data/training/model/linear.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { sideAfter, unfold } from "../../../data/training/vision/unfold.ts";

await startBackend();

/** Small whole numbers, on which single precision is exact. */
function whole(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => (7 * i + 3 * i * i + seed) % 11 - 5);
}

Deno.test("a kernel sees its pixels row by row, zeros beyond the border", () => {
  const values = tf.tensor2d([1, 2, 3, 4], [4, 1]);
  assert.deepEqual(unfold({ values, side: 2 }, 3, 1).arraySync(), [
    [0, 0, 0, 0, 1, 2, 0, 3, 4],
    [0, 0, 0, 1, 2, 0, 3, 4, 0],
    [0, 1, 2, 0, 3, 4, 0, 0, 0],
    [1, 2, 0, 3, 4, 0, 0, 0, 0],
  ]);
});

Deno.test("a stride takes every second place, channels stand one after another", () => {
  const values = tf.tensor2d(Array.from({ length: 18 }, (_, i) => [i, 100 + i]));
  assert.deepEqual(unfold({ values, side: 3 }, 1, 2).arraySync(), [
    ...[[0, 100], [2, 102], [6, 106], [8, 108]],
    ...[[9, 109], [11, 111], [15, 115], [17, 117]],
  ]);
  assert.deepEqual([sideAfter(3, 2), sideAfter(16, 2), sideAfter(8, 1)], [2, 8, 8]);
});

for (const [side, stride] of [[4, 1], [5, 2]] as const) {
  Deno.test(`with a product it is tfjs's convolution of ${side} × ${side} pixels at stride ${stride}`, () => {
    const [images, channels, outputs] = [2, 3, 4];
    const x = whole(images * side ** 2 * channels, 1);
    const weight = tf.tensor4d(whole(outputs * channels * 9, 5), [outputs, channels, 3, 3]);
    const own = linearWithoutBias(
      unfold({ values: tf.tensor2d(x, [images * side ** 2, channels]), side }, 3, stride),
      tf.reshape(weight, [outputs, -1]),
    );
    const kernel = tf.transpose(weight, [2, 3, 1, 0]) as tf.Tensor4D;
    const theirs = tf.conv2d(tf.tensor4d(x, [images, side, side, channels]), kernel, stride, 1);
    assert.deepEqual([...own.dataSync()], [...theirs.dataSync()]);
  });

  Deno.test(`its gradient is the transpose of it, at ${side} × ${side} pixels and stride ${stride}`, () => {
    const size = 2 * side ** 2;
    const rows = 2 * sideAfter(side, stride) ** 2;
    const of = (values: tf.Tensor) => unfold({ values: values as tf.Tensor2D, side }, 3, stride);
    const x = tf.tensor2d(whole(size, 2), [size, 1]);
    const dy = tf.tensor2d(whole(rows * 9, 4), [rows, 9]);
    const gradient = tf.grad(of)(x, dy);
    // ⟨unfold x, dy⟩ = ⟨x, gradient⟩ for a linear map.
    const inner = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b)).dataSync()[0];
    assert.equal(inner(of(x), dy), inner(x, gradient));
    assert.notEqual(inner(x, gradient), 0);
  });
}
