import assert from "node:assert/strict";
import { htmlTable, isTable, tableCells, textTable } from "../../lib/tables/shown_table.ts";

const rows = [{ step: 0, E: 0, status: "ok" }, { step: 512, E: 0.123456789, note: "<b>" }];

Deno.test("an array of plain objects is a table and nothing else is", () => {
  assert.ok(isTable(rows));
  assert.ok(isTable([Object.create(null)]));
  for (const other of [[], {}, [1], [new Date()], [{}, null], "rows"]) assert.ok(!isTable(other));
});

Deno.test("columns are those of all rows and numbers have at most six digits", () => {
  assert.deepEqual(tableCells(rows), {
    columns: ["step", "E", "status", "note"],
    rows: [["0", "0", "ok", ""], ["512", "0.123457", "", "<b>"]],
    numeric: [true, true, false, false],
    omitted: 0,
  });
});

Deno.test("a text table has numbers to the right and words to the left", () => {
  assert.equal(
    textTable(rows),
    "step         E  status  note\n" +
      "────  ────────  ──────  ────\n" +
      "   0         0  ok\n" +
      " 512  0.123457          <b>",
  );
});

Deno.test("HTML in a cell is shown, not obeyed", () => {
  const html = htmlTable(rows);
  assert.match(html, /<td style="text-align:left">&#60;b&#62;<\/td>/);
  assert.match(html, /<td style="text-align:right">512<\/td>/);
});

Deno.test("of a long table the first 60 rows are shown and the rest is counted", () => {
  const long = Array.from({ length: 75 }, (_, step) => ({ step }));
  assert.equal(textTable(long).split("\n").length, 2 + 60 + 1);
  assert.match(textTable(long), /… 15 more rows$/);
  assert.match(htmlTable(long), /… 15 more rows/);
});
