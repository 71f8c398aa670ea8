import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../data/training/model/backend.ts";

Deno.test("tfjs runs on WebAssembly once the backend has started, and starts only once", async () => {
  const started = startBackend();
  assert.equal(startBackend(), started);
  await started;
  assert.equal(tf.getBackend(), "wasm");
});

Deno.test("a copy shares its tensor's values until both are disposed of", async () => {
  await startBackend();
  const { numBytes } = tf.memory();
  const tensor = tf.tensor1d([1, 2, 3]);
  const copy = tf.clone(tensor);
  tensor.dispose();
  assert.deepEqual([...copy.dataSync()], [1, 2, 3]);
  copy.dispose();
  assert.equal(tf.memory().numBytes, numBytes);
});
