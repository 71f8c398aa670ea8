import assert from "node:assert/strict";
import { columnsTogether, countByColumn, countByRow } from "../../lib/networks/count_lengths.ts";

const bins = 300, rows = 5, columns = 500;
const codes = Uint16Array.from({ length: rows * columns }, (_, k) => (k * k * 31) % 1000);
const binOf = Uint16Array.from({ length: 1000 }, (_, code) => code % bins);

Deno.test("countByColumn() adds to the histogram of each column's neuron, over groups of columns", () => {
  assert.ok(columnsTogether(bins) * 2 < columns);
  const counters = binOf.map((bin) => bin * columnsTogether(bins));
  const counts = new Uint32Array((columns + 1) * bins).fill(1), expected = counts.slice();
  codes.forEach((code, k) => expected[(1 + k % columns) * bins + binOf[code]!]!++);
  countByColumn({ codes, rows, columns, counts, bins, neuron: 1 }, counters);
  assert.deepEqual(counts, expected);
});

Deno.test("countByRow() adds to the histogram of each row's neuron", () => {
  const counts = new Uint32Array((rows + 2) * bins).fill(1), expected = counts.slice();
  codes.forEach((code, k) => expected[(2 + Math.floor(k / columns)) * bins + binOf[code]!]!++);
  countByRow({ codes, rows, columns, counts, bins, neuron: 2 }, binOf);
  assert.deepEqual(counts, expected);
});

Deno.test("columnsTogether() leaves no counter beyond 16 bits", () => {
  for (const bins of [2, 154, 512, 513, 1504, 65536]) {
    assert.ok(columnsTogether(bins) >= 1 && columnsTogether(bins) * bins <= 65536, `${bins}`);
  }
});
