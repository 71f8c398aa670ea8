import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { transpose } from "../../../data/training/kernels/matrix.ts";
import { multiply, plain, transposed } from "../../../data/training/kernels/multiply.ts";
import { product } from "../../../data/training/kernels/product_plain.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { randomMatrix, randomValues } from "./random_values.ts";

await startBackend();

/** Rows, columns and terms: less than a tile, no multiples of one, and more terms than are summed at once. */
const SIZES = [[1, 1, 1], [3, 5, 7], [4, 8, 16], [37, 9, 300], [40, 30, 24], [2, 17, 1000]];

for (const [rows, columns, terms] of SIZES as [number, number, number][]) {
  Deno.test(`a product of ${rows} × ${terms} by ${terms} × ${columns} is tfjs's to the bit, as it lies or transposed`, () => {
    const left = randomMatrix("left", rows, terms);
    const right = randomMatrix("right", terms, columns, 100);
    const bias = randomValues("bias", columns);
    const tensor = ({ values, rows, columns }: typeof left) => tf.tensor2d(values, [rows, columns]);
    tf.tidy(() => {
      const expected = tf.matMul(tensor(left), tensor(right));
      assert.deepEqual(product(left, right).values, expected.dataSync());
      const factors = [
        [plain(tensor(left)), plain(tensor(right))],
        [transposed(tensor(transpose(left))), plain(tensor(right))],
        [plain(tensor(left)), transposed(tensor(transpose(right)))],
      ] as const;
      for (const [a, b] of factors) {
        assert.deepEqual(multiply(a, b).dataSync(), expected.dataSync());
      }

      const withBias = multiply(...factors[0], tf.tensor1d(bias)).dataSync();
      assert.deepEqual(withBias, tf.add(expected, tf.tensor1d(bias)).dataSync());
      assert.deepEqual(withBias, product(left, right, bias).values);
    });
  });
}

Deno.test("a product leaves no tensor behind but itself", () => {
  const left = tf.ones([3, 2]) as tf.Tensor2D;
  const before = tf.memory().numTensors;
  const result = multiply(plain(left), transposed(left));
  assert.equal(tf.memory().numTensors, before + 1);
  assert.deepEqual(result.arraySync(), [[2, 2, 2], [2, 2, 2], [2, 2, 2]]);
  tf.dispose([left, result]);
});
