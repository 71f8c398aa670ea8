import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../data/training/model/backend.ts";
import { toTensors } from "../../../data/training/model/gradients.ts";
import {
  batchLoss,
  crossEntropy,
  inputTokens,
  lossAndGradients,
} from "../../../data/training/model/loss.ts";
import { average, referenceLosses, type ReferenceParameters } from "./reference_model.ts";
import { tinyBatch, tinyConfig, tinyParameters } from "./tiny_model.ts";

await startBackend();
const parameters = tinyParameters();

function referenceLoss(values: ReferenceParameters, batch = tinyBatch): number {
  return average(batch.flatMap((sequence) => referenceLosses(tinyConfig, values, sequence)));
}

Deno.test("inputs are all tokens but the last of each sequence, one-hot", () => {
  const tokens = inputTokens([Uint8Array.of(2, 0, 1), Uint8Array.of(1, 1, 2)], 3);
  assert.deepEqual(tokens.arraySync(), [[0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 1, 0]]);
  tokens.dispose();
});

Deno.test("tensors hold the parameters' shapes and values under their names", () => {
  const tensors = toTensors(parameters);
  assert.deepEqual(Object.keys(tensors), [...parameters.keys()]);
  for (const [name, { shape, values }] of parameters) {
    assert.deepEqual(tensors[name]!.shape, shape);
    assert.deepEqual(tensors[name]!.dataSync(), values);
  }
  tf.dispose(tensors);
});

Deno.test("the loss is the mean cross entropy of every next token, with gradients or without", () => {
  const expected = referenceLoss(parameters);
  assert.ok(Math.abs(lossAndGradients(tinyConfig, parameters, tinyBatch).loss - expected) < 1e-6);
  const tensors = toTensors(parameters);
  const loss = tf.tidy(() => batchLoss(tinyConfig, tensors, tinyBatch).dataSync()[0]!);
  assert.ok(Math.abs(loss - expected) < 1e-6);
  tf.dispose(tensors);
});

Deno.test("every gradient of every parameter is the loss's slope by central differences", () => {
  // Two sequences of four tokens that have every symbol among them.
  const batch = [Uint8Array.of(3, 1, 6, 0, 2), Uint8Array.of(2, 5, 4, 4, 1)];
  const { gradients } = lossAndGradients(tinyConfig, parameters, batch);
  assert.deepEqual(Object.keys(gradients), [...parameters.keys()]);
  const values = new Map(
    [...parameters].map(([name, { values }]) => [name, { values: Float64Array.from(values) }]),
  );
  const step = 1e-4;
  for (const [name, { values: parameter }] of values) {
    const gradient = gradients[name]!;
    assert.equal(gradient.length, parameter.length);
    let largest = 0;
    for (let i = 0; i < parameter.length; i++) {
      const value = parameter[i]!;
      parameter[i] = value + step;
      const above = referenceLoss(values, batch);
      parameter[i] = value - step;
      const slope = (above - referenceLoss(values, batch)) / (2 * step);
      parameter[i] = value;
      largest = Math.max(largest, Math.abs(slope));
      assert.ok(Math.abs(gradient[i]! - slope) < 2e-6, `${name}[${i}]: ${gradient[i]} ${slope}`);
    }
    assert.ok(largest > 1e-3, `${name} has gradients too small to tell`);
  }
});

Deno.test("a step leaves no tensor behind", () => {
  const before = tf.memory().numTensors;
  lossAndGradients(tinyConfig, parameters, tinyBatch);
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("the same batch gives the same loss and gradients to the last bit", () => {
  const [first, second] = [0, 1].map(() => lossAndGradients(tinyConfig, parameters, tinyBatch));
  assert.deepEqual(second, first);
});

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
