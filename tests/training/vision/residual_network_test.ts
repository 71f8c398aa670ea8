import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { toTensors } from "../../../data/training/model/gradients.ts";
import type { Parameters } from "../../../data/training/model/parameters.ts";
import {
  groupNormalization,
  residualNetwork,
} from "../../../data/training/vision/residual_network.ts";
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

await startBackend();

const gain = tf.tensor1d([2, -1]);
const bias = tf.tensor1d([10, 0]);

Deno.test("each image is normalised over all its pixels and channels, then scaled by channel", () => {
  // Two images of one pixel: means 2 and 7, deviations 1 and 3.
  const values = tf.tensor2d([[1, 3], [10, 4]]);
  const normal = groupNormalization({ values, side: 1 }, gain, bias);
  assert.equal(normal.side, 1);
  const expected = [-2 + 10, -1, 2 + 10, 1];
  [...normal.values.dataSync()].forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]!) < 1e-4, `${value} is not ${expected[i]}`);
  });
});

Deno.test("gradients of gain and bias sum over images and pixels", () => {
  const values = tf.tensor2d([[1, 3], [1, 3], [1, 3], [1, 3]]);
  const loss = (gain: tf.Tensor, bias: tf.Tensor) =>
    groupNormalization({ values, side: 2 }, gain as tf.Tensor1D, bias as tf.Tensor1D).values;
  const [dGain, dBias] = tf.grads(loss)([gain, bias], tf.ones([4, 2]));
  assert.deepEqual([...dBias!.dataSync()], [4, 4]);
  const [first, second] = dGain!.dataSync();
  assert.ok(Math.abs(first! + 4) < 1e-3 && Math.abs(second! - 4) < 1e-3);
});

Deno.test("an image's scale and shift don't matter", () => {
  const values = tf.tensor2d([[1, 3], [-2, 5], [0, 4], [7, 7]]);
  const of = (values: tf.Tensor2D) => groupNormalization({ values, side: 2 }, gain, bias).values;
  const moved = of(tf.add(tf.mul(values, 3), 5) as tf.Tensor2D).dataSync();
  of(values).dataSync().forEach((value, i) => assert.ok(Math.abs(value - moved[i]!) < 1e-4));
});
