import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { AttentionMemory } from "../../../data/training/model/attention_memory.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { forward } from "../../../data/training/model/forward.ts";
import { toTensors } from "../../../data/training/model/gradients.ts";
import { inputTokens } from "../../../data/training/model/loss.ts";
import { tinyBatch, tinyConfig, tinyParameters } from "./tiny_model.ts";

await startBackend();
const { vocab_size: vocabulary } = tinyConfig;

/** One token of every sequence of a batch, one-hot. */
function tokensAt(position: number): tf.Tensor2D {
  const next = tinyBatch.map((sequence) => sequence.slice(position, position + 2));
  return inputTokens(next, vocabulary);
}

Deno.test("token by token the logits are those of whole sequences", () => {
  const tensors = toTensors(tinyParameters());
  const whole = tf.tidy(() =>
    forward(tinyConfig, tensors, inputTokens(tinyBatch, vocabulary), 5).dataSync()
  );
  const memory = new AttentionMemory(tinyConfig, tinyBatch.length, 5);
  for (let position = 0; position < 5; position++) {
    const logits = tf.tidy(() =>
      forward(tinyConfig, tensors, tokensAt(position), 1, memory.attend).dataSync()
    );
    tinyBatch.forEach((_, sequence) => {
      for (let symbol = 0; symbol < vocabulary; symbol++) {
        const [one, other] = [
          logits[sequence * vocabulary + symbol]!,
          whole[(sequence * 5 + position) * vocabulary + symbol]!,
        ];
        assert.ok(Math.abs(one - other) < 1e-5, `${position} ${sequence} ${symbol}`);
      }
    });
  }
  tf.dispose(tensors);
});

Deno.test("a memory that is full says so", () => {
  const tensors = toTensors(tinyParameters());
  const memory = new AttentionMemory(tinyConfig, tinyBatch.length, 1);
  const write = () =>
    tf.tidy(() => forward(tinyConfig, tensors, tokensAt(0), 1, memory.attend).dataSync());
  write();
  assert.throws(write, {
    name: "RangeError",
    message: "the memory holds 1 tokens; make it larger",
  });
  tf.dispose(tensors);
});
