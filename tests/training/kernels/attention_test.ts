import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { attend, attendGradient } from "../../../data/training/kernels/attention_plain.ts";
import { columnsOf, type Matrix, transpose } from "../../../data/training/kernels/matrix.ts";
import { product } from "../../../data/training/kernels/product_plain.ts";
import { causalAttention, rotaryTable } from "../../../data/training/model/attention.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { tinyConfig } from "../model/tiny_model.ts";
import { randomMatrix } from "./random_values.ts";

await startBackend();

function rowsOf({ columns, values }: Matrix, first: number, count: number): Matrix {
  return {
    rows: count,
    columns,
    values: values.subarray(first * columns, (first + count) * columns),
  };
}

/** Heads, their size, tokens of a sequence, and how much the scores differ; in the last, most exponentials vanish. */
const SHAPES = [[1, 1, 1, 1], [2, 6, 5, 1], [3, 5, 9, 2], [2, 24, 130, 1], [1, 8, 40, 12]] as const;

for (const [heads, headSize, contextLength, deviation] of SHAPES) {
  Deno.test(`attention of ${heads} heads of ${headSize} to ${contextLength} tokens is the twin's to the bit`, () => {
    const [sequences, hidden] = [2, heads * headSize];
    const config = { ...tinyConfig, hidden_size: hidden, num_attention_heads: heads };
    const rotary = rotaryTable(config, contextLength);
    const rows = sequences * contextLength;
    const fused = randomMatrix("fused", rows, 3 * hidden, deviation);
    const dy = randomMatrix("dy", rows, hidden);
    const shape = { heads, headSize, contextLength, rotary };
    const [output, gradient] = tf.tidy(() => {
      const x = tf.tensor2d(fused.values, [rows, 3 * hidden]);
      const operation = (x: tf.Tensor) => causalAttention(x as tf.Tensor2D, shape);
      const dx = tf.grad(operation)(x, tf.tensor2d(dy.values, [rows, hidden]));
      return [operation(x), dx].map((tensor) => ({
        rows,
        columns: tensor.shape[1]!,
        values: tensor.dataSync() as Float32Array,
      }));
    }) as [Matrix, Matrix];

    for (let first = 0; first < rows; first += contextLength) {
      for (let head = 0; head < heads; head++) {
        const part = (matrix: Matrix, column: number, count: number = headSize) =>
          columnsOf(rowsOf(matrix, first, contextLength), column, count);
        const inputs = part(fused, 3 * head * headSize, 3 * headSize);
        const attended = attend(inputs, rotary);
        assert.deepEqual(part(output, head * headSize), attended.output);
        const above = part(dy, head * headSize);
        const gradients = attendGradient(inputs, rotary, attended.probabilities, above);
        for (const [i, expected] of gradients.entries()) {
          assert.deepEqual(part(gradient, (3 * head + i) * headSize), expected);
        }
      }
    }
  });
}

Deno.test("the twin's products are tfjs's to the bit for the matrices of attention", () => {
  const [left, right] = [randomMatrix("left", 30, 6), randomMatrix("right", 30, 6)];
  const expected = tf.tidy(() =>
    tf.matMul(
      tf.tensor2d(left.values, [30, 6]),
      tf.transpose(tf.tensor2d(right.values, [30, 6])),
    ).dataSync()
  );
  assert.deepEqual(product(left, transpose(right)).values, expected);
});
