import assert from "node:assert/strict";
import {
  gatherRows,
  mergeAdjacentRows,
  rowMajorStrides,
  runsOfRows,
  type StridedView,
  valuesSpanned,
} from "../../lib/checkpoints/strided_rows.ts";

/** The bytes 0, 1, 2, … as a storage of one-byte values. */
const storage = Uint8Array.from({ length: 60 }, (_, i) => i);

function gathered(view: StridedView, rows: readonly (readonly [number, number])[]): number[] {
  const ranges = rows.map(([start, end]) => ({ start, end }));
  const runs = runsOfRows(view, ranges);
  const parts = runs.map(({ start, end }) => storage.slice(start, end));
  return [...gatherRows(view, ranges, runs, parts, 1)];
}

Deno.test("row-major steps count the values of the axes behind", () => {
  assert.deepEqual(rowMajorStrides([2, 3, 4]), [12, 4, 1]);
  assert.deepEqual(rowMajorStrides([]), []);
});

Deno.test("a view spans from its first value to its last", () => {
  assert.equal(valuesSpanned({ shape: [4, 3], strides: [6, 1] }), 21);
  assert.equal(valuesSpanned({ shape: [], strides: [] }), 1);
  assert.equal(valuesSpanned({ shape: [5, 0], strides: [1, 1] }), 0);
  assert.equal(valuesSpanned({ shape: [9, 9], strides: [0, 0] }), 1);
});

Deno.test("rows that lie apart cost their own values only", () => {
  const matrix = { shape: [5, 4], strides: [4, 1] };
  assert.deepEqual(runsOfRows(matrix, [{ start: 3, end: 5 }, { start: 0, end: 1 }]), [
    { start: 12, end: 20 },
    { start: 0, end: 4 },
  ]);
  assert.deepEqual(gathered(matrix, [[3, 5], [0, 1]]), [
    12,
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    0,
    1,
    2,
    3,
  ]);
  const columns = { shape: [4, 2], strides: [6, 1] };
  assert.deepEqual(runsOfRows(columns, [{ start: 2, end: 4 }, { start: 0, end: 1 }]), [
    { start: 12, end: 20 },
    { start: 0, end: 2 },
  ]);
  assert.deepEqual(gathered(columns, [[2, 4], [0, 1]]), [12, 13, 18, 19, 0, 1]);
  assert.deepEqual(gathered(columns, [[0, 4]]), [0, 1, 6, 7, 12, 13, 18, 19]);
});

Deno.test("interleaved rows are read as one run that covers them", () => {
  const transposed = { shape: [6, 4], strides: [1, 6] };
  assert.deepEqual(runsOfRows(transposed, [{ start: 4, end: 5 }, { start: 1, end: 2 }]), [
    { start: 1, end: 23 },
  ]);
  assert.deepEqual(gathered(transposed, [[4, 5], [1, 2]]), [4, 10, 16, 22, 1, 7, 13, 19]);
  assert.deepEqual(gathered(transposed, [[1, 2], [1, 2]]), [1, 7, 13, 19, 1, 7, 13, 19]);
});

Deno.test("permuted, repeated and stepped axes are gathered in row-major order", () => {
  assert.deepEqual(
    gathered({ shape: [2, 2, 3], strides: [1, 30, 2] }, [[0, 2]]),
    [0, 2, 4, 30, 32, 34, 1, 3, 5, 31, 33, 35],
  );
  assert.deepEqual(gathered({ shape: [2, 3], strides: [0, 1] }, [[0, 2]]), [0, 1, 2, 0, 1, 2]);
  assert.deepEqual(gathered({ shape: [3], strides: [7] }, [[0, 3]]), [0, 7, 14]);
  assert.deepEqual(gathered({ shape: [1, 3], strides: [99, 1] }, [[0, 1]]), [0, 1, 2]);
});

Deno.test("values of several bytes stay whole", () => {
  const view = { shape: [2, 2], strides: [1, 3] };
  const ranges = [{ start: 0, end: 2 }], runs = runsOfRows(view, ranges);
  const bytes = gatherRows(view, ranges, runs, [storage.slice(0, runs[0]!.end * 2)], 2);
  assert.deepEqual([...bytes], [0, 1, 6, 7, 2, 3, 8, 9]);
});

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
