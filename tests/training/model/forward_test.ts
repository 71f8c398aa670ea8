import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { startBackend } from "../../../data/training/model/backend.ts";
import { forward } from "../../../data/training/model/forward.ts";
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
