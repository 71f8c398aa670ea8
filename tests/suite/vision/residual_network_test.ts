import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { startBackend } from "../../../lib/suite/model/backend.ts";
import { toTensors } from "../../../lib/suite/model/gradients.ts";
import type { Parameters } from "../../../lib/suite/model/parameters.ts";
import { residualNetwork } from "../../../lib/suite/vision/residual_network.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";

await startBackend();

const network = residualNetwork([2, 3]);
const shapes = Object.fromEntries(network.layout.map(([name, shape]) => [name, shape]));

Deno.test("its tensors are those of a residual network for the toolkit: a stem, two blocks, a shortcut, a classifier", () => {
  const { family, layers, matrices } = detectArchitecture(memoryCheckpoint(shapes, "F16"));
  assert.equal(family, "resnet");
  assert.deepEqual(layers.map(({ size }) => size), [1, 2, 2, 2, 3, 3, 20]);
  assert.deepEqual(matrices.map(({ tensor, kernel }) => `${tensor} ${kernel}`), [
    "conv1.weight 9",
    "layer1.0.conv1.weight 9",
    "layer1.0.conv2.weight 9",
    "layer2.0.conv1.weight 9",
    "layer2.0.downsample.0.weight 1",
    "layer2.0.conv2.weight 9",
    "fc.weight 1",
  ]);
});

Deno.test("without a signal the classifier's bias is the answer", () => {
  const parameters: Parameters = new Map(network.layout.map(([name, shape]) => {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (name === "fc.bias") values[7] = 1.5;
    return [name, { shape, values }];
  }));
  const logits = network.forward(toTensors(parameters), tf.ones([2, 256])).arraySync();
  const expected = Array.from({ length: 20 }, (_, i) => i === 7 ? 1.5 : 0);
  assert.deepEqual(logits, [expected, expected]);
});

Deno.test("a block without convolutions hands its input on, and features are the mean over pixels", () => {
  // The stem's gain 0 and bias 3 make every pixel 3 in the first channel; only the first stage's identity is left.
  const one = residualNetwork([2]);
  const parameters: Parameters = new Map(one.layout.map(([name, shape]) => {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (name === "norm1.bias") values.set([3, -3]);
    if (name === "fc.weight") values.set([2, 100], 0);
    return [name, { shape, values }];
  }));
  const logits = one.forward(toTensors(parameters), tf.randomUniform([1, 256])).arraySync();
  assert.equal(logits[0]![0], 6);
});
