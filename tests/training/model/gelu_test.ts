import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../data/training/model/backend.ts";
import { gelu } from "../../../data/training/model/gelu.ts";

await startBackend();

/** x, x Φ(x) and Φ(x) + x φ(x), from tables of the normal distribution. */
const TABLE = [
  [-3, -0.004049694, -0.011945642],
  [-1, -0.158655254, -0.083315471],
  [0, 0, 0.5],
  [0.5, 0.345731231, 0.867495128],
  [1, 0.841344746, 1.083315471],
  [2, 1.954499736, 1.085231882],
  [10, 10, 1],
] as const;

Deno.test("the value is x times the normal distribution's share below x, not the tanh form", () => {
  const values = tf.tidy(() => gelu(tf.tensor2d(TABLE.map(([x]) => [x]))).arraySync().flat());
  TABLE.forEach(([x, value], i) => {
    assert.ok(Math.abs(values[i]! - value) < 2e-6, `${x}: ${values[i]}`);
  });
});

Deno.test("the slope is that of the exact form, times what comes from above", () => {
  const slopes = tf.tidy(() => {
    const dy = tf.fill([TABLE.length, 1], 3) as tf.Tensor2D;
    const gradient = tf.grad((x) => gelu(x as tf.Tensor2D));
    return gradient(tf.tensor2d(TABLE.map(([x]) => [x])), dy).arraySync() as number[][];
  });
  TABLE.forEach(([x, , slope], i) => {
    assert.ok(Math.abs(slopes[i]![0]! - 3 * slope) < 5e-6, `${x}: ${slopes[i]}`);
  });
});
