import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { exponential } from "../../../data/training/kernels/exponential_plain.ts";
import * as twin from "../../../data/training/kernels/gelu_plain.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { gelu } from "../../../data/training/model/gelu.ts";
import { randomValues } from "./random_values.ts";

await startBackend();

/** Value and gradient by tfjs's operations. */
function byOperations(x: tf.Tensor, dy: tf.Tensor): tf.Tensor[] {
  const cumulative = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
  const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return [tf.mul(x, cumulative), tf.mul(dy, tf.add(cumulative, tf.mul(x, density)))];
}

/** Numbers of a size, and one more than whole fours. */
const COUNT = 4097;
/** Deviations at which the error function is computed in one way, in several, and in the farthest. */
const DEVIATIONS = [1e-9, 0.1, 1, 3, 20];

Deno.test("the Gaussian error linear unit and its gradient are tfjs's to the bit", () => {
  for (const deviation of DEVIATIONS) {
    const [x, dy] = [randomValues("x", COUNT, deviation), randomValues("dy", COUNT)];
    const [value, gradient] = tf.tidy(() => {
      const [from, above] = [tf.tensor2d(x, [COUNT, 1]), tf.tensor2d(dy, [COUNT, 1])];
      const results = [gelu(from), tf.grad((x) => gelu(x as tf.Tensor2D))(from, above)];
      const expected = byOperations(from, above);
      return results.map((result, i) => {
        assert.deepEqual(result.dataSync(), expected[i]!.dataSync());
        return result.dataSync();
      });
    }) as [Float32Array, Float32Array];
    const units = Array.from(x, (x) => twin.gelu(x));
    assert.deepEqual(Float32Array.from(units, ({ value }) => value), value);
    const slopes = units.map(({ cumulative }, i) => twin.geluGradient(x[i]!, cumulative, dy[i]!));
    assert.deepEqual(Float32Array.from(slopes), gradient);
  }
});

Deno.test("the twins' exponential and error function are tfjs's to the bit", () => {
  for (const deviation of [...DEVIATIONS, 100]) {
    const x = randomValues("x", COUNT, deviation);
    const [powers, errors] = tf.tidy(() => {
      const tensor = tf.tensor1d(x);
      return [tf.exp(tensor).dataSync(), tf.erf(tensor).dataSync()];
    }) as [Float32Array, Float32Array];
    x.forEach((x, i) => {
      // The kernels know of exponentials only of numbers that are not positive, or hardly.
      if (x < 80) assert.equal(exponential(x), powers[i], `exp ${x}`);
      assert.equal(twin.errorFunction(x), errors[i], `erf ${x}`);
    });
  }
});
