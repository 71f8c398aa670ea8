import assert from "node:assert/strict";
import { queryKeyValueRow } from "../../lib/architectures/fused_query_key_value.ts";
import type { QueryKeyValueLayout } from "../../lib/options/values.ts";
import { throwsError } from "../helpers/throws_error.ts";

function allRows(layout: QueryKeyValueLayout, hidden: number, heads: number | null): number[] {
  const rows: number[] = [];
  for (const part of [0, 1, 2] as const) {
    for (let neuron = 0; neuron < hidden; neuron++) {
      rows.push(queryKeyValueRow(layout, part, neuron, { hidden, heads }));
    }
  }
  return rows;
}

Deno.test("each stored row belongs to one part of one neuron, in both layouts", () => {
  for (const [hidden, heads] of [[8, 2], [128, 4], [512, 8], [6, 1], [6, 6]] as const) {
    const every = Array.from({ length: 3 * hidden }, (_, row) => row);
    for (const layout of ["reference", "per-head"] as const) {
      const rows = allRows(layout, hidden, heads);
      assert.deepEqual(rows.toSorted((a, b) => a - b), every, `${layout} ${hidden} ${heads}`);
    }
  }
});

Deno.test("the reference takes rows x, x + h and x + 2h", () => {
  assert.deepEqual(allRows("reference", 4, 2), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

Deno.test("per head, queries, keys and values follow one another head by head", () => {
  // Two heads of two neurons: rows q0 q1 k0 k1 v0 v1 of the first head, then of the second.
  assert.deepEqual(allRows("per-head", 4, 2), [0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]);
});

Deno.test("with one head both layouts are the same", () => {
  assert.deepEqual(allRows("per-head", 8, 1), allRows("reference", 8, null));
});

Deno.test("per head needs the number of heads, the reference does not", async () => {
  await throwsError(
    () => allRows("per-head", 8, null),
    /^qkv "per-head" needs the number of heads: put a config\.json with num_attention_heads/,
  );
  assert.equal(allRows("reference", 8, null).length, 24);
});
