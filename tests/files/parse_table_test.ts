import assert from "node:assert/strict";
import { formatCsv } from "../../lib/files/csv.ts";
import { parseTable } from "../../lib/files/parse_table.ts";
import { throwsError } from "../helpers/throws_error.ts";

const columns = { name: "text", value: "number" } as const;

Deno.test("parseTable() gives back what formatCsv() wrote, a missing number as NaN", () => {
  const rows = [
    { name: "query, key, value", value: 0.1 + 0.2 },
    { name: 'a "b"\nc', value: NaN },
    { name: "", value: -1e-300 },
  ];
  assert.deepEqual(parseTable(formatCsv(["name", "value"], rows), "t.csv", columns), rows);
});

Deno.test("parseTable() leaves out columns that were not asked for", () => {
  assert.deepEqual(parseTable("a,value\nx,2\n", "t.csv", { value: "number" }), [{ value: 2 }]);
});

Deno.test("parseTable() refuses a table without a column, or with text for a number", async () => {
  await throwsError(
    () => parseTable("name,valve\nx,2\n", "t.csv", columns),
    /t\.csv has no column value; columns: name, valve/,
  );
  await throwsError(
    () => parseTable("name,value\nx,2\ny,two\n", "t.csv", columns),
    /t\.csv: value in row 2 after the header is "two", not a number/,
  );
});
