import assert from "node:assert/strict";
import { join } from "node:path";
import { readTable } from "../../lib/files/read_table.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { throwsError } from "../helpers/throws_error.ts";

const columns = {
  step: "number",
  width: "number|NaN",
  alpha: "number?",
  tie: "boolean?",
  status: "text",
} as const;
const header = Object.keys(columns).join(",");

/** Read a table with these rows below the header. */
async function read(rows: string, head = header) {
  let table: unknown;
  await withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "t.csv"), `${head}\n${rows}`);
    table = await readTable(join(folder, "t.csv"), columns);
  });
  return table;
}

Deno.test("readTable() gives every cell its column's type", async () => {
  assert.deepEqual(await read('1000,0.5,-1e-7,true,"ok, or so"\n0,1,2,false,\n'), [
    { step: 1000, width: 0.5, alpha: -1e-7, tie: true, status: "ok, or so" },
    { step: 0, width: 1, alpha: 2, tie: false, status: "" },
  ]);
});

Deno.test("readTable() reads an empty cell as NaN or null where the column allows it", async () => {
  assert.deepEqual(await read("0,,,,no E\n"), [
    { step: 0, width: NaN, alpha: null, tie: null, status: "no E" },
  ]);
});

Deno.test("readTable() refuses a cell of another type, with its row and what is in it", async () => {
  await throwsError(() => read("0,1,,,\n,1,,,\n"), /t\.csv: step in row 2 is "", not a number$/);
  await throwsError(() => read("0,wide,,,\n"), /width in row 1 is "wide", not a number\|NaN/);
  await throwsError(() => read("0,1,Infinity,,\n"), /alpha in row 1 is "Infinity"/);
  await throwsError(() => read("0,1,,yes,\n"), /tie in row 1 is "yes", not a boolean/);
});

Deno.test("readTable() does not take a blank for zero", async () => {
  await throwsError(() => read(" ,1,,,\n"), /step in row 1 is " ", not a number/);
});

Deno.test("readTable() refuses other columns, and columns in another order", async () => {
  await throwsError(
    () => read("", "step,E"),
    /t\.csv has the columns "step,E", not step,width,alpha,tie,status; write it again/,
  );
  await throwsError(() => read("", "width,step,alpha,tie,status"), /has the columns "width,step/);
});

Deno.test("readTable() lets the error of a missing file through, for its caller to explain", () =>
  withFolder(async (folder) => {
    await assert.rejects(readTable(join(folder, "no.csv"), columns), Deno.errors.NotFound);
  }));

Deno.test("readTable() shows no more of a cell or a header than a line, and nothing that steers a terminal", async () => {
  const nasty = `\u001b[2J${"x".repeat(100_000)}`;
  for (const table of [() => read(`${nasty},1,,,\n`), () => read("", nasty)]) {
    await assert.rejects(table, (error: Error) => {
      assert.match(error.message, /^\P{Cc}{20,400}$/u);
      return true;
    });
  }
});
