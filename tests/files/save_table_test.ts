import assert from "node:assert/strict";
import { join } from "node:path";
import { saveTable } from "../../lib/files/save_table.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("saveTable() writes the first row's columns and refuses rows that lack one, or no rows, leaving nothing", () =>
  withFolder(async (folder) => {
    const path = join(folder, "deep", "table.csv");
    await saveTable([{ a: 1e-22, b: null }, { b: "x,y", a: NaN }], path);
    assert.equal(await Deno.readTextFile(path), 'a,b\n1e-22,\n,"x,y"\n');
    const other = join(folder, "other.csv");
    await assert.rejects(
      saveTable<{ a: number }>([{ a: 1 }, { c: 2 } as never], other),
      /row 1 has no value for the column a/,
    );
    await assert.rejects(saveTable([], other), /has no row to take columns from/);
    await assert.rejects(Deno.stat(other), Deno.errors.NotFound);
  }));
