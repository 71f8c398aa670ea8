import assert from "node:assert/strict";
import { seededStreams, shuffleItems } from "../../../lib/emergence/null_models/shuffle.ts";

Deno.test("shuffleItems() gives each order of four items equally often", () => {
  const streams = seededStreams(0, 0, "orders");
  const times = new Map<string, number>();
  const trials = 24_000;
  for (let i = 0; i < trials; i++) {
    const items = Uint16Array.of(0, 1, 2, 3);
    shuffleItems(items, 1, streams(i));
    times.set(`${items}`, (times.get(`${items}`) ?? 0) + 1);
  }
  const expected = trials / 24;
  const chiSquare = [...times.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  assert.equal(times.size, 24);
  // 23 degrees of freedom: 49.7 is passed once in a thousand times.
  assert.ok(chiSquare < 49.7, `${chiSquare}`);
});

Deno.test("shuffleItems() sends items from everywhere to everywhere where there are many", () => {
  const streams = seededStreams(1, 0, "places");
  const items = 300_000, blocks = 20, expected = items / blocks ** 2;
  for (const width of [1, 2]) {
    const words = Uint32Array.from({ length: items * width }, (_, i) => i);
    shuffleItems(words, width, streams(width));
    const seen = new Uint8Array(items), table = new Float64Array(blocks ** 2);
    for (let to = 0; to < items; to++) {
      const from = words[to * width]! / width;
      if (width === 2) assert.equal(words[to * width + 1], from * 2 + 1);
      seen[from]!++;
      table[Math.floor(from * blocks / items) * blocks + Math.floor(to * blocks / items)]!++;
    }
    assert.ok(seen.every((times) => times === 1));
    const chiSquare = table.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // 19 × 19 degrees of freedom: 449 is passed once in a thousand times, 285 is not reached as rarely.
    assert.ok(chiSquare < 449 && chiSquare > 285, `${chiSquare}`);
  }
});

Deno.test("seededStreams() gives streams that differ in seed, draw, name and index", () => {
  const first = (seed: number, draw: number, name: string, index: number) =>
    seededStreams(seed, draw, name)(index).next();
  const starts = [
    ...Array.from({ length: 50 }, (_, i) => first(0, 0, "a", i)),
    ...Array.from({ length: 50 }, (_, i) => first(i + 1, 0, "a", 0)),
    ...Array.from({ length: 50 }, (_, i) => first(0, i + 1, "a", 0)),
    ...Array.from({ length: 50 }, (_, i) => first(0, 0, `a${i}`, 0)),
  ];
  assert.equal(new Set(starts).size, 200);
  assert.equal(first(0, 0, "a", 7), starts[7]);
});
