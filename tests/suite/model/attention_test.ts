import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { type AttentionShape, causalAttention } from "../../../lib/suite/model/attention.ts";
import { startBackend } from "../../../lib/suite/model/backend.ts";

await startBackend();

/** Nothing is turned: positions don't matter. */
const unturned = { pairs: 0, cosines: new Float32Array(), sines: new Float32Array() };

/** Two heads of one dimension over three tokens. */
const shape: AttentionShape = { heads: 2, headSize: 1, contextLength: 3, rotary: unturned };

function attend(rows: number[][], options = shape): number[][] {
  return tf.tidy(() => causalAttention(tf.tensor2d(rows), options).arraySync()) as number[][];
}

function near(actual: number[][], expected: number[][]): void {
  actual.flat().forEach((value, i) => {
    assert.ok(Math.abs(value - expected.flat()[i]!) < 1e-6, JSON.stringify(actual));
  });
  assert.equal(actual.flat().length, expected.flat().length);
}

Deno.test("queries of zero take the mean of the values up to their place, each head its own", () => {
  // Query, key and value of the first head, then of the second.
  const fused = [[0, 5, 1, 0, 7, 10], [0, 6, 3, 0, 8, 20], [0, 7, 8, 0, 9, 60]];
  near(attend(fused), [[1, 10], [2, 15], [4, 30]]);
});

Deno.test("keys are weighed by the exponential of their product with the query", () => {
  const fused = [[0, Math.log(3), 4, 0, 0, 0], [1, 0, 8, 0, 0, 0], [2, 0, 0, 0, 0, 0]];
  near(attend(fused), [[4, 0], [5, 0], [(9 * 4 + 8) / 11, 0]]);
});

Deno.test("products are divided by the root of the head's size", () => {
  const wide = { ...shape, heads: 1, headSize: 4, contextLength: 2 };
  const rest = [0, 0, 0];
  const first = [0, ...rest, 2 * Math.log(3), ...rest, 4, 0, 0, 1];
  const second = [1, ...rest, 0, ...rest, 8, 0, 0, 5];
  near(attend([first, second], wide), [[4, 0, 0, 1], [5, 0, 0, 2]]);
});

Deno.test("huge products don't overflow", () => {
  const fused = [[0, 300, 1, 0, 0, 0], [300, 299, 2, 0, 0, 0], [-300, 0, 3, 0, 0, 0]];
  near(attend(fused), [[1, 0], [1, 0], [3, 0]]);
});

Deno.test("sequences of one batch don't see each other", () => {
  const fused = [[0, 0, 1, 0, 0, 2], [0, 0, 3, 0, 0, 4], [0, 0, 5, 0, 0, 6]];
  near(attend(fused, { ...shape, contextLength: 1 }), [[1, 2], [3, 4], [5, 6]]);
});
