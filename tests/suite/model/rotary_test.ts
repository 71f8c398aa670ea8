import assert from "node:assert/strict";
import { rotaryTable, rotate } from "../../../lib/suite/model/rotary.ts";
import { RandomStream } from "../../../lib/suite/random_stream.ts";
import { tinyConfig } from "./tiny_model.ts";

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
