import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../data/training/model/backend.ts";

Deno.test("tfjs runs on WebAssembly once the backend has started, and starts only once", async () => {
  const started = startBackend();
  assert.equal(startBackend(), started);
  await started;
  assert.equal(tf.getBackend(), "wasm");
});
