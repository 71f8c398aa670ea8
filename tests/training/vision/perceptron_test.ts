import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { toTensors } from "../../../data/training/model/gradients.ts";
import type { Parameters } from "../../../data/training/model/parameters.ts";
import { perceptron } from "../../../data/training/vision/perceptron.ts";
import { memoryCheckpoint } from "../../helpers/memory_checkpoint.ts";

await startBackend();

const network = perceptron([3, 2]);

Deno.test("its tensors are those of a plain MLP for the toolkit", () => {
  const shapes = Object.fromEntries(network.layout.map(([name, shape]) => [name, shape]));
  const { family, layers } = detectArchitecture(memoryCheckpoint(shapes, "F16"));
  assert.equal(family, "mlp");
  assert.deepEqual(layers.map(({ size }) => size), [256, 3, 2, 20]);
});

Deno.test("rectifiers stand between the matrices and not after the last", () => {
  const weights: Record<string, [number, number][]> = {
    "0.weight": [[0, 1], [256, -1]],
    "0.bias": [[2, 5]],
    "2.weight": [[0, 2], [1, 50], [5, 1]],
    "4.weight": [[0, -1], [3, 1]],
  };
  const parameters: Parameters = new Map(network.layout.map(([name, shape]) => {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    for (const [place, value] of weights[name] ?? []) values[place] = value;
    return [name, { shape, values }];
  }));
  const image = tf.concat([tf.tensor2d([[3]]), tf.ones([1, 255])], 1) as tf.Tensor2D;
  const logits = network.forward(toTensors(parameters), image).dataSync();
  // Hidden layers: 3, max(-3, 0), 5; then 2·3 + 50·0 = 6 and 1·5 = 5; logits -6 and 5.
  assert.deepEqual([...logits.subarray(0, 3)], [-6, 5, 0]);
});
