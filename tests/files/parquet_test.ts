import assert from "node:assert/strict";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { formatParquet } from "../../lib/files/parquet.ts";

const columns = { step: "whole", eLow: "number", tie: "boolean", status: "text" } as const;
const rows = [
  { step: 0, eLow: 0.1 + 0.2, tie: true, status: "ok" },
  { step: 143_000, eLow: NaN, tie: null, status: "=no, “none”" },
  { step: 2 ** 53 - 1, eLow: null, tie: false, status: "" },
  { step: null, eLow: 5e-324, tie: null, status: null },
];

Deno.test("a Parquet file has the columns of a table with their types, and every cell to the last bit", async () => {
  const file = formatParquet(columns, rows).buffer;
  const { schema, num_rows, created_by } = parquetMetadata(file);
  assert.equal(num_rows, 4n);
  assert.equal(created_by, "neuromfa");
  assert.deepEqual(
    schema.slice(1).map(({ name, type, converted_type }) => [name, type, converted_type]),
    [
      ["step", "INT64", undefined],
      ["E_low", "DOUBLE", undefined],
      ["tie", "BOOLEAN", undefined],
      ["status", "BYTE_ARRAY", "UTF8"],
    ],
  );
  assert.deepEqual(await parquetReadObjects({ file }), [
    { step: 0n, E_low: 0.30000000000000004, tie: true, status: "ok" },
    { step: 143_000n, E_low: NaN, tie: null, status: "=no, “none”" },
    { step: 2n ** 53n - 1n, E_low: null, tie: false, status: "" },
    { step: null, E_low: 5e-324, tie: null, status: null },
  ]);
});

Deno.test("the same rows are the same bytes, and a table of none has its columns", async () => {
  assert.deepEqual(formatParquet(columns, rows), formatParquet(columns, rows));
  const file = formatParquet(columns, []).buffer;
  assert.equal(parquetMetadata(file).schema.length, 5);
  assert.deepEqual(await parquetReadObjects({ file }), []);
});

Deno.test("a cell that is not of its column's type is refused by row and column", () => {
  const refused = (cell: number | string, column: keyof typeof columns, words: RegExp) =>
    assert.throws(() => formatParquet(columns, [rows[0]!, { ...rows[0]!, [column]: cell }]), words);
  refused(0.5, "step", /^Error: row 1 has 0\.5 in the column step, which is of type whole$/);
  refused(2 ** 53, "step", /row 1 has 9007199254740992 in the column step/);
  refused("0.5", "eLow", /row 1 has 0\.5 in the column E_low, which is of type number/);
  refused(1, "status", /row 1 has 1 in the column status, which is of type text/);
});
