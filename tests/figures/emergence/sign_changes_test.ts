import assert from "node:assert/strict";
import { signChanges } from "../../../lib/figures/emergence/sign_changes.ts";

const lines = (rows: number[][]) =>
  signChanges((column, row) => rows[row]?.[column], rows[0]!.length, rows.length)
    .map(({ x1, y1, x2, y2, width }) => [x1, y1, x2, y2, width]);

Deno.test("signChanges() are the edges between cells of opposite sign", () => {
  assert.deepEqual(lines([[1, -1], [1, 1]]), [[1, 0, 1, 1, 2], [1, 1, 2, 1, 2]]);
});

Deno.test("signChanges() are thin between numbers that both print as 0", () => {
  assert.deepEqual(lines([[0.004, -0.004, 0.005]]), [[1, 0, 1, 1, 0.75], [2, 0, 2, 1, 2]]);
});

Deno.test("signChanges() are nowhere beside a 0 or NaN, nor where the sign stays", () => {
  assert.deepEqual(lines([[1, 0, -1], [NaN, 1, NaN], [2, 3, NaN]]), []);
});
