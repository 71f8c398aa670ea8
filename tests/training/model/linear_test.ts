import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../data/training/model/backend.ts";
import {
  addBias,
  embedding,
  linear,
  linearWithoutBias,
  sumOverTokens,
} from "../../../data/training/model/linear.ts";

await startBackend();

/** Small whole numbers, on which single precision is exact. */
function whole(rows: number, columns: number, seed: number): number[][] {
  return Array.from(
    { length: rows },
    (_, i) =>
      Array.from({ length: columns }, (_, j) => (7 * i + 5 * j + 3 * i * j + seed) % 11 - 5),
  );
}

function multiply(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
}

function transpose(a: number[][]): number[][] {
  return a[0]!.map((_, j) => a.map((row) => row[j]!));
}

for (const [inputs, outputs] of [[4, 2], [3, 3], [2, 5]] as const) {
  Deno.test(`a linear layer from ${inputs} to ${outputs} features and its gradients are exact`, () => {
    const [x, weight] = [whole(6, inputs, 1), whole(outputs, inputs, 4)];
    const dy = whole(6, outputs, 8);
    const layer = (x: tf.Tensor, weight: tf.Tensor) =>
      linearWithoutBias(x as tf.Tensor2D, weight as tf.Tensor2D);
    const [value, dx, dWeight] = tf.tidy(() => {
      const operands = [tf.tensor2d(x), tf.tensor2d(weight)] as const;
      const gradients = tf.grads(layer)([...operands], tf.tensor2d(dy));
      return [layer(...operands), ...gradients].map((tensor) => tensor.arraySync());
    });
    assert.deepEqual(value, multiply(x, transpose(weight)));
    assert.deepEqual(dx, multiply(dy, weight));
    assert.deepEqual(dWeight, multiply(transpose(dy), x));
  });
}

Deno.test("a linear layer with a bias and its three gradients are exact", () => {
  const [x, weight, dy] = [whole(6, 4, 1), whole(3, 4, 4), whole(6, 3, 8)];
  const layer = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
    linear(x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor1D);
  const [value, dx, dWeight, dBias] = tf.tidy(() => {
    const operands = [tf.tensor2d(x), tf.tensor2d(weight), tf.tensor1d([100, 200, 300])] as const;
    const gradients = tf.grads(layer)([...operands], tf.tensor2d(dy));
    return [layer(...operands), ...gradients].map((tensor) => tensor.arraySync());
  });
  const expected = multiply(x, transpose(weight));
  assert.deepEqual(value, expected.map((row) => row.map((value, j) => value + 100 * (j + 1))));
  assert.deepEqual(dx, multiply(dy, weight));
  assert.deepEqual(dWeight, multiply(transpose(dy), x));
  assert.deepEqual(dBias, transpose(dy).map((column) => column.reduce((sum, v) => sum + v)));
});

Deno.test("an embedding takes a row a token, and its gradient adds up those of the tokens", () => {
  const weight = whole(3, 4, 2);
  const ids = [2, 0, 2, 2, 0];
  const dy = whole(5, 4, 7);
  const [value, dWeight] = tf.tidy(() => {
    const tokens = tf.tensor2d(ids.map((id) => [0, 1, 2].map((i) => i === id ? 1 : 0)));
    const embed = (weight: tf.Tensor) => embedding(tokens, weight as tf.Tensor2D);
    const operand = tf.tensor2d(weight);
    return [embed(operand), tf.grad(embed)(operand, tf.tensor2d(dy))].map((tensor) =>
      tensor.arraySync()
    );
  });
  assert.deepEqual(value, ids.map((id) => weight[id]));
  const sums = [0, 1, 2].map((id) =>
    [0, 1, 2, 3].map((j) => dy.reduce((sum, row, i) => ids[i] === id ? sum + row[j]! : sum, 0))
  );
  assert.deepEqual(dWeight, sums);
});

Deno.test("a bias is added to every token, and its gradient is the sum over tokens", () => {
  const [x, dy] = [whole(5, 3, 2), whole(5, 3, 6)];
  const [value, dx, dBias] = tf.tidy(() => {
    const add = (x: tf.Tensor, bias: tf.Tensor) => addBias(x as tf.Tensor2D, bias as tf.Tensor1D);
    const operands = [tf.tensor2d(x), tf.tensor1d([100, 200, 300])] as const;
    const gradients = tf.grads(add)([...operands], tf.tensor2d(dy));
    return [add(...operands), ...gradients].map((tensor) => tensor.arraySync());
  });
  assert.deepEqual(value, x.map((row) => row.map((value, j) => value + 100 * (j + 1))));
  assert.deepEqual(dx, dy);
  assert.deepEqual(dBias, transpose(dy).map((column) => column.reduce((sum, v) => sum + v)));
});

Deno.test("column sums are right for even, odd and mixed numbers of tokens", () => {
  for (const rows of [1, 2, 3, 6, 7, 8, 12]) {
    const x = whole(rows, 3, rows);
    const sums = tf.tidy(() => sumOverTokens(tf.tensor2d(x)).arraySync());
    assert.deepEqual(sums, transpose(x).map((column) => column.reduce((sum, v) => sum + v)));
  }
});
