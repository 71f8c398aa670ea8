import assert from "node:assert/strict";
import { mergeAdjacentRows } from "../../lib/checkpoints/merge_adjacent_rows.ts";

Deno.test("rows that follow one another become one range and keep their order", () => {
  const ranges = [[7, 8], [8, 9], [2, 3], [3, 3], [3, 6], [5, 7]];
  assert.deepEqual(
    mergeAdjacentRows(ranges.map(([start, end]) => ({ start: start!, end: end! }))),
    [{ start: 7, end: 9 }, { start: 2, end: 6 }, { start: 5, end: 7 }],
  );
});

Deno.test("no rows are no ranges", () => {
  assert.deepEqual(mergeAdjacentRows([{ start: 4, end: 4 }]), []);
});
