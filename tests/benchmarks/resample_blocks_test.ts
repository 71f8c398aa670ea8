import assert from "node:assert/strict";
import { resampleBlocks } from "../../lib/benchmarks/resample_blocks.ts";

Deno.test("resampleBlocks() of one block and a rest draws neighbours", () => {
  const resamples = new Set<string>(), { times } = resampleBlocks(3, 2, 500, 0);
  for (let i = 0; i < times.length; i += 3) resamples.add(times.slice(i, i + 3).join(" "));
  // A block is points 0 1 or 1 2; the rest is the first point of another: 0 or 1.
  assert.deepEqual([...resamples].sort(), ["0 2 1", "1 1 1", "1 2 0", "2 1 0"]);
});

Deno.test("resampleBlocks() draws as many points as there are, each block start equally often", () => {
  const size = 12, block = 4, draws = 6000;
  const { times } = resampleBlocks(size, block, draws, 3);
  const totals = new Array<number>(size).fill(0);
  for (let row = 0; row < times.length; row += size) {
    assert.equal(times.subarray(row, row + size).reduce((a, b) => a + b), size);
    for (let i = 0; i < size; i++) totals[i]! += times[row + i]! / draws;
  }
  // Point i lies in min(i + 1, 4, 12 − i) of 9 blocks, and 3 are drawn.
  totals.forEach((total, i) => {
    const expected = 3 * Math.min(i + 1, block, size - i) / 9;
    assert.ok(Math.abs(total - expected) < 0.04, `point ${i}: ${total} is not ${expected}`);
  });
});

Deno.test("resampleBlocks() gives the same for the same seed", () => {
  assert.deepEqual(resampleBlocks(9, 3, 20, 5), resampleBlocks(9, 3, 20, 5));
  assert.notDeepEqual(resampleBlocks(9, 3, 20, 5), resampleBlocks(9, 3, 20, 6));
});

Deno.test("resampleBlocks() lists the points drawn as often as it counts them, in their order", () => {
  const { times, points } = resampleBlocks(5, 2, 50, 1);
  for (let row = 0; row < times.length; row += 5) {
    const drawn = points.subarray(row, row + 5);
    assert.deepEqual(drawn, drawn.toSorted());
    assert.deepEqual([0, 1, 2, 3, 4].map((i) => drawn.filter((point) => point === i).length), [
      ...times.subarray(row, row + 5),
    ]);
  }
});
