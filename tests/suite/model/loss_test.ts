import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../lib/suite/model/backend.ts";
import { toTensors } from "../../../lib/suite/model/gradients.ts";
import { batchLoss, inputTokens, lossAndGradients } from "../../../lib/suite/model/loss.ts";
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
