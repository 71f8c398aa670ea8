import assert from "node:assert/strict";
import { toColumns } from "../../lib/tables/columns.ts";

Deno.test("toColumns() keeps every cell as it is, under the columns of the tables on disk", () => {
  const rows = [
    { step: 0, alpha0: 0.1, eLow: NaN, pValue: null, status: "ok", full: -0 },
    { full: 1, status: "", pValue: 1e-300, eLow: 0.5, alpha0: 1 / 3, step: 512 },
  ];
  assert.deepEqual(toColumns(rows), {
    step: [0, 512],
    alpha_0: [0.1, 1 / 3],
    E_low: [NaN, 0.5],
    p_value: [null, 1e-300],
    status: ["ok", ""],
    full: [-0, 1],
  });
});

Deno.test("toColumns() refuses no row, rows that differ, and two keys of one column", () => {
  assert.throws(() => toColumns([]), new RangeError("a table needs a row to take columns from"));
  assert.throws(
    () => toColumns([{ a: 1, b: 2 }, { a: 1, c: 2 }]),
    new RangeError("row 1 has the columns a, c, not a, b as the first has"),
  );
  assert.throws(
    () => toColumns([{ eLow: 1, E_low: 2 }]),
    /^RangeError: two keys are the column E_low; name one of them otherwise$/,
  );
});
