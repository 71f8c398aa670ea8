/** Numbers of tables, put in the places of a text. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fillNumbers } from "../../notebooks/teaching/result_numbers.ts";
import { withFolder } from "../helpers/with_folder.ts";

const TABLE = 'model,step,"E, up to 150",note\na,0,-0.1678,x\na,4096,0.5,\nb,4096,7,y\n';

function withTable(test: (results: string) => Promise<void>): Promise<void> {
  return withFolder(async (results) => {
    await Deno.mkdir(join(results, "tables"));
    await Deno.writeTextFile(join(results, "tables", "some.csv"), TABLE);
    await test(results);
  });
}

Deno.test("a number is taken from the row that is named, rounded, also where its place is wrapped", () =>
  withTable(async (results) => {
    const text =
      "E {{some: step 0, E, up to 150}}, {{some: model a\n& step 4096, E, up to 150, 3}}";
    assert.equal(await fillNumbers(text, results), "E −0.17, 0.500");
  }));

Deno.test("a place that names no single number is refused", () =>
  withTable(async (results) => {
    const refused = (text: string, words: RegExp) =>
      assert.rejects(fillNumbers(text, results), words);
    await refused("{{some: step 7, note}}", /names 0 rows of some\.csv/);
    await refused("{{some: step 4096, note}}", /names 2 rows of some\.csv/);
    await refused("{{some: step 0, note}}", /is "x", not a number/);
    await refused("{{some: model a & step 4096, note}}", /is "", not a number/);
    await refused("{{some step}}", /does not read \{\{table: column value, column\}\}/);
  }));
