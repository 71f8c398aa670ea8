import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { columnSums } from "../../../data/training/kernels/column_sums_plain.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { sumOverTokens } from "../../../data/training/model/linear.ts";
import { randomMatrix } from "./random_values.ts";

await startBackend();

/** The same by tfjs's operations. */
function sumByOperations(x: tf.Tensor2D): tf.Tensor {
  const features = x.shape[1];
  let rest = x;
  for (let rows = x.shape[0]; rows % 2 === 0; rows = rest.shape[0]) {
    const half = rows / 2;
    rest = tf.add(
      tf.slice(rest, [0, 0], [half, features]),
      tf.slice(rest, [half, 0], [half, features]),
    );
  }
  return tf.sum(rest, 0);
}

for (const [rows, columns] of [[1, 3], [2, 4], [7, 5], [64, 6], [96, 11]] as const) {
  Deno.test(`the column sums of ${rows} × ${columns} are tfjs's to the bit`, () => {
    const x = randomMatrix("x", rows, columns);
    tf.tidy(() => {
      const tensor = tf.tensor2d(x.values, [rows, columns]);
      const expected = sumByOperations(tensor).dataSync();
      assert.deepEqual(sumOverTokens(tensor).dataSync(), expected);
      assert.deepEqual(columnSums(x), expected);
      assert.deepEqual(tensor.dataSync(), x.values);
    });
  });
}
