import assert from "node:assert/strict";
import { LANES } from "../../../lib/networks/full/count_layout.ts";
import { gatherColumns } from "../../../lib/networks/full/gather_columns.ts";

Deno.test("gatherColumns() puts each column into its lane of its group, from a row on", () => {
  const columns = 60, stored = Uint16Array.from({ length: 3 * columns }, (_, i) => i + 1);
  // All but every fifth: 48 columns are a whole group of 32 lanes and a half.
  const wanted = Int32Array.from(Array(columns).keys()).filter((column) => column % 5 > 0);
  for (const some of [wanted, wanted.subarray(0, 45), wanted.subarray(0, 3)]) {
    const rows = 4, items = new Uint16Array(2 * rows * LANES);
    gatherColumns(stored, columns, some, { items, rows }, 1);
    const expected = new Uint16Array(items.length);
    some.forEach((column, j) => {
      for (let row = 0; row < 3; row++) {
        const group = Math.floor(j / LANES), place = (group * rows + row + 1) * LANES + j % LANES;
        expected[place] = row * columns + column + 1;
      }
    });
    assert.deepEqual(items, expected);
  }
});
