import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../data/training/model/backend.ts";
import { forward, gelu, layerNormalization } from "../../../data/training/model/forward.ts";
import { toTensors } from "../../../data/training/model/gradients.ts";
import { inputTokens } from "../../../data/training/model/loss.ts";
import { referenceLogits } from "./reference_model.ts";
import { tinyBatch, tinyConfig, tinyParameters } from "./tiny_model.ts";

await startBackend();
const parameters = tinyParameters();
const { vocab_size: vocabulary } = tinyConfig;

/** Logits of a batch, a row a token. */
function logitsOf(batch: readonly Uint8Array[], config = tinyConfig): number[][] {
  const tensors = toTensors(parameters);
  const logits = tf.tidy(() =>
    forward(config, tensors, inputTokens(batch, vocabulary), batch[0]!.length - 1)
  );
  const values = [...logits.dataSync()];
  tf.dispose(tensors);
  logits.dispose();
  return Array.from(
    { length: values.length / vocabulary },
    (_, row) => values.slice(row * vocabulary, (row + 1) * vocabulary),
  );
}

function largestDifference(a: readonly number[][], b: readonly number[][]): number {
  assert.equal(a.length, b.length);
  return Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i]![j]!))));
}

Deno.test("the decoder's logits are those of GPT-NeoX computed by hand", () => {
  const expected = tinyBatch.flatMap((sequence) =>
    referenceLogits(tinyConfig, parameters, sequence.subarray(0, -1))
  );
  assert.ok(Math.max(...expected.flat()) > 1, "logits too small to tell");
  assert.ok(largestDifference(logitsOf(tinyBatch), expected) < 1e-5);
});

Deno.test("rotary on all dimensions of each head, or on none, is GPT-NeoX's too", () => {
  for (const rotary_pct of [1, 0]) {
    const config = { ...tinyConfig, rotary_pct };
    const expected = tinyBatch.flatMap((sequence) =>
      referenceLogits(config, parameters, sequence.subarray(0, -1))
    );
    assert.ok(largestDifference(logitsOf(tinyBatch, config), expected) < 1e-5);
    assert.ok(largestDifference(logitsOf(tinyBatch), expected) > 1e-2);
  }
});

Deno.test("changing a token changes the logits from its place on and none before", () => {
  const sequence = tinyBatch[0]!;
  const before = logitsOf([sequence]);
  for (let place = 0; place < sequence.length - 1; place++) {
    const changed = sequence.slice();
    changed[place] = (changed[place]! + 1) % vocabulary;
    const after = logitsOf([changed]);
    assert.deepEqual(after.slice(0, place), before.slice(0, place), `place ${place}`);
    for (let t = place; t < before.length; t++) assert.notDeepEqual(after[t], before[t]);
  }
});

Deno.test("a sequence's logits don't depend on the others of its batch", () => {
  const together = logitsOf(tinyBatch);
  tinyBatch.forEach((sequence, i) => {
    const alone = logitsOf([sequence]);
    assert.ok(largestDifference(alone, together.slice(5 * i, 5 * i + 5)) < 1e-6);
  });
});

Deno.test("a shorter context gives the first tokens the same logits", () => {
  const sequence = tinyBatch[1]!;
  const short = logitsOf([sequence.subarray(0, 4)]);
  assert.ok(largestDifference(short, logitsOf([sequence]).slice(0, 3)) < 1e-6);
});

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
