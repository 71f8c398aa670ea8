import assert from "node:assert/strict";
import { join } from "node:path";
import { readNotebook } from "../../notebooks/reproduce/notebook_results.ts";
import { runNotebooks } from "../../notebooks/reproduce/run_notebooks.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { writeNotebook, writesFile } from "../notebooks/write_notebook.ts";

Deno.test("a notebook with a type error fails by its cell and line, and the others run", () =>
  withFolder(async (folder) => {
    await writeNotebook(folder, "mistyped", "", "1;\n", 'const step: string = "a".length;\n');
    await writeNotebook(folder, "right", "", writesFile("a.csv", "x\n1\n"));
    const paths = ["mistyped", "right"].map((name) => join(folder, `${name}.ipynb`));
    const told: string[] = [];
    const results = await runNotebooks(await Promise.all(paths.map(readNotebook)), 2, {
      onCell: (name, cell) => told.push(`${name} ${cell}`),
      onDone: (name) => told.push(`${name} is done`),
      onFailed: (name, { message }) => told.push(`${name}: ${message}`),
    }, new AbortController().signal);
    assert.deepEqual(told.sort(), [
      `mistyped: ${
        paths[0]
      }, code cell 2, line 1: Type 'number' is not assignable to type 'string'.\n` +
      '    const step: string = "a".length;',
      "right 1",
      "right is done",
    ]);
    assert.deepEqual(results.map((result) => result && [...result.files.keys()]), [
      null,
      ["a.csv", "notebooks/right.ipynb"],
    ]);
  }));
