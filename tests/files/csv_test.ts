import assert from "node:assert/strict";
import { formatCsv, parseCsv } from "../../lib/files/csv.ts";
import { throwsError } from "../helpers/throws_error.ts";

Deno.test("formatCsv() writes the columns asked for, in that order, and ends in a newline", () => {
  const rows = [{ step: 0, E: 0.1 + 0.2, extra: 1 }, { step: 1000, E: 1e-7, extra: 2 }];
  assert.equal(formatCsv(["E", "step"], rows), "E,step\n0.30000000000000004,0\n1e-7,1000\n");
});

Deno.test("formatCsv() leaves the cell of a missing value empty", () => {
  assert.equal(formatCsv(["a", "b", "c"], [{ a: NaN, b: null, c: false }]), "a,b,c\n,,false\n");
});

Deno.test("formatCsv() quotes sentences so that parseCsv() has them back", () => {
  const status = 'no E: a "comma", and\na line';
  const text = formatCsv(["step", "status"], [{ step: 3, status }]);
  assert.equal(text, 'step,status\n3,"no E: a ""comma"", and\na line"\n');
  assert.deepEqual(parseCsv(text, "E.csv"), [{ step: "3", status }]);
});

Deno.test("formatCsv() refuses a row without one of the columns", () => {
  const rows = [{ step: 0, E: 1 }, { step: 1 }] as { step: number; E: number }[];
  assert.throws(
    () => formatCsv(["step", "E"], rows),
    /^Error: row 1 has no value for the column E$/,
  );
});

Deno.test("formatCsv() writes only the header of a table without rows", () => {
  assert.equal(formatCsv(["step", "E"], []), "step,E\n");
});

Deno.test("parseCsv() refuses a row with more or fewer cells than the header, with its place", async () => {
  await throwsError(
    () => parseCsv("a,b\n1,2\n3\n", "x.csv"),
    /^x\.csv: row 2 after the header has 1 cells, not 2$/,
  );
  await throwsError(() => parseCsv("a,b\n1,2,3\n", "x.csv"), /row 1 .* has 3 cells, not 2/);
});

Deno.test("a text that a spreadsheet would calculate is written as text, and comes back as it was", () => {
  const texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''=1"];
  const plain = ["ok", "'quoted'", "a=1", "", " =1", "no E: -1"];
  const rows = [...texts, ...plain].map((status) => ({ status, E: -0.5 }));
  const csv = formatCsv(["status", "E"], rows);
  assert.ok(csv.startsWith("status,E\n'=1+1,-0.5\n'+1,-0.5\n'-1,-0.5\n'@SUM(A1),-0.5\n"));
  assert.ok(
    csv.includes("\n''=1,-0.5\n'''=1,-0.5\nok,-0.5\n'quoted',-0.5\na=1,-0.5\n,-0.5\n =1,-0.5\n"),
  );
  assert.deepEqual(
    parseCsv(csv, "x.csv").map(({ status }) => status),
    rows.map(({ status }) => status),
  );
});

Deno.test("a column whose name a spreadsheet would calculate is written as text, and comes back as it was", () => {
  const text = formatCsv(["=cmd|' /C calc'!A0"], [{ "=cmd|' /C calc'!A0": 1 }]);
  assert.equal(text, "'=cmd|' /C calc'!A0\n1\n");
  assert.deepEqual(parseCsv(text, "x.csv"), [{ "=cmd|' /C calc'!A0": "1" }]);
});
