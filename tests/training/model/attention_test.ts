import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {
  type AttentionShape,
  causalAttention,
  rotaryTable,
  rotate,
} from "../../../data/training/model/attention.ts";
import { startBackend } from "../../../data/training/model/backend.ts";
import { RandomStream } from "../../../data/training/random_stream.ts";
import { tinyConfig } from "./tiny_model.ts";

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

const POSITIONS = 9;
const HEAD_SIZE = 6;
const table = rotaryTable(tinyConfig, POSITIONS);

/** A head's dimensions at every position. */
function rows(label: string): Float32Array {
  return new RandomStream(1, label).normal(POSITIONS * HEAD_SIZE, 1);
}

function at(rows: Float32Array, position: number): number[] {
  return [...rows.subarray(position * HEAD_SIZE, (position + 1) * HEAD_SIZE)];
}

Deno.test("angles fall from pair to pair as a geometric sequence and grow with the position", () => {
  assert.equal(table.pairs, 2);
  assert.equal(table.cosines.length, 2 * POSITIONS);
  for (let position = 0; position < POSITIONS; position++) {
    [position, position / Math.sqrt(50)].forEach((angle, pair) => {
      assert.equal(table.cosines[2 * position + pair], Math.fround(Math.cos(angle)));
      assert.equal(table.sines[2 * position + pair], Math.fround(Math.sin(angle)));
    });
  }
});

Deno.test("a head of nano-64 has 4 pairs, and rotary on no dimension has none", () => {
  const sizes = { ...tinyConfig, hidden_size: 64, num_attention_heads: 4 };
  assert.equal(rotaryTable({ ...sizes, rotary_pct: 0.5 }, 1).pairs, 4);
  assert.equal(rotaryTable({ ...sizes, rotary_pct: 0 }, 1).pairs, 0);
});

Deno.test("dimension i turns with dimension i + pairs, and the rest stays", () => {
  const turned = Float32Array.from({ length: POSITIONS * HEAD_SIZE }, (_, i) => i % HEAD_SIZE + 1);
  rotate(turned, HEAD_SIZE, table, 1);
  assert.deepEqual(at(turned, 0), [1, 2, 3, 4, 5, 6]);
  const [cosine, sine] = [Math.cos(2), Math.sin(2)];
  const [first, second, third, , ...rest] = at(turned, 2);
  assert.ok(Math.abs(first! - (cosine - 3 * sine)) < 1e-6);
  assert.ok(Math.abs(third! - (3 * cosine + sine)) < 1e-6);
  const slow = 2 / Math.sqrt(50);
  assert.ok(Math.abs(second! - (2 * Math.cos(slow) - 4 * Math.sin(slow))) < 1e-6);
  assert.deepEqual(rest, [5, 6]);
});

Deno.test("turning back undoes turning", () => {
  const turned = rows("a");
  rotate(turned, HEAD_SIZE, table, 1);
  assert.ok(turned.some((value, i) => Math.abs(value - rows("a")[i]!) > 0.1));
  rotate(turned, HEAD_SIZE, table, -1);
  turned.forEach((value, i) => assert.ok(Math.abs(value - rows("a")[i]!) < 1e-6));
});

Deno.test("the product of a turned query and key depends on their distance only", () => {
  const everywhere = (label: string) => {
    const same = new Float32Array(POSITIONS * HEAD_SIZE);
    for (let i = 0; i < POSITIONS; i++) same.set(rows(label).subarray(0, HEAD_SIZE), i * HEAD_SIZE);
    rotate(same, HEAD_SIZE, table, 1);
    return same;
  };
  const [query, key] = [everywhere("q"), everywhere("k")];
  const product = (m: number, n: number) =>
    at(query, m).reduce((sum, value, i) => sum + value * at(key, n)[i]!, 0);
  for (let shift = 1; shift + 3 < POSITIONS; shift++) {
    assert.ok(Math.abs(product(3 + shift, shift) - product(3, 0)) < 1e-5);
  }
  assert.ok(Math.abs(product(4, 0) - product(3, 0)) > 1e-2);
});
