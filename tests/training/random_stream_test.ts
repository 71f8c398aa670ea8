import assert from "node:assert/strict";
import { RandomStream } from "../../data/training/random_stream.ts";

/** Pearson's chi-squared of counts against equal expectation. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function draws(stream: RandomStream): number[] {
  return Array.from({ length: 20 }, () => stream.integer(0, 999_999));
}

Deno.test("the same seed and labels give the same draws, which never change", () => {
  const first = draws(new RandomStream(1, "batch", 7));
  assert.deepEqual(draws(new RandomStream(1, "batch", 7)), first);
  assert.deepEqual(first.slice(0, 4), [230797, 295588, 461939, 809350]);
});

Deno.test("another seed, label or order of labels gives other draws", () => {
  const streams = [
    new RandomStream(1, "batch", 7),
    new RandomStream(2, "batch", 7),
    new RandomStream(1, "batch", 8),
    new RandomStream(1, "start", 7),
    new RandomStream(1, 7, "batch"),
    new RandomStream(1, "batch"),
    new RandomStream(1),
  ];
  assert.equal(new Set(streams.map((stream) => draws(stream).join())).size, streams.length);
});

Deno.test("a stream draws the same whatever other streams draw in between", () => {
  const expected = draws(new RandomStream(3, "a"));
  const [stream, other] = [new RandomStream(3, "a"), new RandomStream(3, "b")];
  const mixed = expected.map(() => {
    other.normal(3, 1);
    return stream.integer(0, 999_999);
  });
  assert.deepEqual(mixed, expected);
});

Deno.test("integers reach both bounds, never leave them, and are equally likely", () => {
  const stream = new RandomStream(5);
  const counts = new Map<number, number>();
  for (let i = 0; i < 10_000; i++) {
    const value = stream.integer(-2, 7);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  assert.deepEqual([...counts.keys()].sort((a, b) => a - b), [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7]);
  // 9 degrees of freedom: exceeded once in a thousand.
  assert.ok(chiSquared([...counts.values()]) < 27.9);
  assert.equal(stream.integer(4, 4), 4);
});

Deno.test("the first two draws of neighbouring streams are uniform and unrelated", () => {
  const pairs = new Array<number>(36).fill(0);
  for (let i = 0; i < 18_000; i++) {
    const stream = new RandomStream(1, "training", i);
    pairs[6 * stream.integer(0, 5) + stream.integer(0, 5)]! += 1;
  }
  // 35 degrees of freedom: exceeded once in a thousand.
  assert.ok(chiSquared(pairs) < 66.6);
});

Deno.test("pick takes every element equally often", () => {
  const stream = new RandomStream(6);
  const counts = { a: 0, b: 0, c: 0 };
  for (let i = 0; i < 9000; i++) counts[stream.pick(["a", "b", "c"] as const)]++;
  assert.ok(chiSquared(Object.values(counts)) < 13.8, JSON.stringify(counts));
});

Deno.test("pickDistinct takes different elements, in every order equally often, and leaves its input alone", () => {
  const stream = new RandomStream(8);
  const items = ["a", "b", "c", "d"];
  const counts = new Map<string, number>();
  for (let i = 0; i < 12_000; i++) {
    const picked = stream.pickDistinct(items, 2).join("");
    counts.set(picked, (counts.get(picked) ?? 0) + 1);
  }
  assert.deepEqual(
    [...counts.keys()].sort(),
    ["ab", "ac", "ad", "ba", "bc", "bd", "ca", "cb", "cd", "da", "db", "dc"],
  );
  // 11 degrees of freedom: exceeded once in a thousand.
  assert.ok(chiSquared([...counts.values()]) < 31.3);
  assert.deepEqual(items, ["a", "b", "c", "d"]);
  assert.deepEqual(stream.pickDistinct(items, 4).sort(), items);
});

Deno.test("normal draws have mean 0, the deviation asked for, and normal tails", () => {
  const count = 100_001;
  const values = new RandomStream(9).normal(count, 0.25);
  assert.equal(values.length, count);
  const moment = (power: number) =>
    values.reduce((sum, value) => sum + (value / 0.25) ** power, 0) / count;
  // Four standard errors of each moment.
  const near = (value: number, expected: number, variance: number) =>
    assert.ok(Math.abs(value - expected) < 4 * Math.sqrt(variance / count), `${value}`);
  near(moment(1), 0, 1);
  near(moment(2), 1, 2);
  near(moment(3), 0, 15);
  near(moment(4), 3, 96);
  // Box–Muller makes them in pairs; the two of a pair must be unrelated.
  let product = 0;
  for (let i = 0; i + 1 < count; i += 2) product += 16 * values[i]! * values[i + 1]!;
  assert.ok(Math.abs(product / (count / 2)) < 4 / Math.sqrt(count / 2));
});

Deno.test("normal draws are the same when fewer of them are taken", () => {
  const [many, few] = [8, 5].map((count) => new RandomStream(1, "w").normal(count, 1));
  assert.deepEqual(few, many!.slice(0, 5));
});

Deno.test("uniform numbers fill their interval evenly and stay inside", () => {
  const stream = new RandomStream(1, "uniform");
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) {
    const value = stream.uniform(-2, 3);
    assert.ok(value >= -2 && value < 3);
    counts[Math.floor((value + 2) * 2)]!++;
  }
  assert.ok(chiSquared(counts) < 27.9, `${counts}`); // p = 0.001 at 9 degrees of freedom
});
