import assert from "node:assert/strict";
import { dealItems } from "../../../lib/emergence/null_models/deal_items.ts";
import { seededStreams } from "../../../lib/emergence/null_models/shuffle.ts";
import { agreesWith, logFactorial, timesOf } from "./chi_square.ts";

const streams = seededStreams(0, 0, "items");

function dealt(items: readonly number[], boxes: number, stream: number): number[][] {
  const counts = new Uint32Array(boxes * items.length);
  dealItems(items, counts, streams(stream));
  return Array.from(
    { length: boxes },
    (_, box) => [...counts.subarray(box * items.length, (box + 1) * items.length)],
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
const logWays = (counts: readonly number[]) =>
  logFactorial(sum(counts)) - sum(counts.map(logFactorial));

Deno.test("every box holds the same number of items, and every item is dealt once", () => {
  const cases: [items: number[], boxes: number][] = [
    [[5, 0, 1, 6], 3],
    [[900, 0, 77, 3023], 40],
    [[30_000, 1, 9999, 24_000], 64],
    [[100_000, 60_000, 20_000], 2],
    [[12], 1],
    [[0, 0], 5],
  ];
  for (const [i, [items, boxes]] of cases.entries()) {
    const counts = dealt(items, boxes, i);
    for (const own of counts) assert.equal(sum(own), sum(items) / boxes, `${items}`);
    const all = items.map((_, category) => sum(counts.map((own) => own[category]!)));
    assert.deepEqual(all, items);
  }
  assert.deepEqual(dealt([], 3, 0), [[], [], []]);
});

Deno.test("every table of a few items is dealt as often as it is likely", () => {
  // Three boxes of three items; a table has as many ways as its boxes have orders together.
  const items = [4, 3, 2], boxes = 3, probabilities = new Map<string, number>();
  const boxesOf = (left: readonly number[]) =>
    [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].map((b) => [a, b, 3 - a - b]))
      .filter((own) => own.every((count, i) => count >= 0 && count <= left[i]!));
  for (const first of boxesOf(items)) {
    const left = items.map((count, i) => count - first[i]!);
    for (const second of boxesOf(left)) {
      const third = left.map((count, i) => count - second[i]!);
      const ways = sum([first, second, third].map(logWays)) - logWays(items);
      probabilities.set([first, second, third].join("; "), Math.exp(ways));
    }
  }
  const drawn = Array.from({ length: 20_000 }, (_, i) => dealt(items, boxes, i).join("; "));
  agreesWith(timesOf(drawn), probabilities);
});

Deno.test("many items of a category fall into a box as a hypergeometric number", () => {
  // 3 boxes of 700: enough items that they are drawn by a table, and not one at a time.
  const items = [900, 800, 400], all = sum(items), size = all / 3;
  const tables = Array.from({ length: 4000 }, (_, i) => dealt(items, 3, i));
  for (const [category, count] of items.entries()) {
    const probabilities = Array.from({ length: count + 1 }, (_, k) => {
      const others = logWays([size - k, all - count - size + k]);
      return [k, Math.exp(logWays([k, count - k]) + others - logWays([size, all - size]))] as const;
    });
    for (const box of [0, 2]) {
      const drawn = timesOf(tables.map((counts) => counts[box]![category]!));
      agreesWith(drawn, new Map(probabilities.filter(([, p]) => p > 0)));
    }
  }
});

Deno.test("counts of two boxes and of two categories vary together as they should", () => {
  const items = [9000, 6000, 1000], boxes = 8, all = sum(items), size = all / boxes, draws = 3000;
  const tables = Array.from({ length: draws }, (_, i) => dealt(items, boxes, i));
  const covariance = (a: [number, number], b: [number, number]) => {
    const of = ([box, category]: [number, number], table: number[][]) =>
      table[box]![category]! - items[category]! / boxes;
    return sum(tables.map((table) => of(a, table) * of(b, table))) / draws;
  };
  // Of n items of which the others are dealt without replacement.
  const expected = ([box, category]: [number, number], [box2, category2]: [number, number]) => {
    const share = items[category]! / all, other = items[category2]! / all;
    const within = category === category2 ? share * (1 - share) : -share * other;
    const between = box === box2 ? size * (all - size) : -size * size;
    return within * between / (all - 1);
  };
  const pairs: [[number, number], [number, number]][] = [
    [[0, 0], [0, 0]],
    [[7, 2], [7, 2]],
    [[0, 0], [1, 0]],
    [[3, 1], [3, 2]],
    [[2, 0], [6, 2]],
  ];
  for (const [a, b] of pairs) {
    const spread = Math.sqrt((expected(a, a) * expected(b, b) + expected(a, b) ** 2) / draws);
    assert.ok(Math.abs(covariance(a, b) - expected(a, b)) < 3.5 * spread, `${a} and ${b}`);
  }
});

Deno.test("what is dealt is added to what is there", () => {
  const counts = Uint32Array.of(10, 20, 30, 40);
  dealItems([2, 2], counts, streams(5));
  const [first, second] = dealt([2, 2], 2, 5);
  assert.deepEqual([...counts], [
    10 + first![0]!,
    20 + first![1]!,
    30 + second![0]!,
    40 + second![1]!,
  ]);
});

Deno.test("the same stream deals the same counts on every machine", () => {
  assert.deepEqual(dealt([700, 900, 2, 398], 4, 11), [
    [159, 235, 1, 105],
    [184, 228, 0, 88],
    [174, 224, 0, 102],
    [183, 213, 1, 103],
  ]);
});
