import assert from "node:assert/strict";
import { formatExecuted } from "../../notebooks/reproduce/format_executed.ts";
import type { Notebook } from "../../notebooks/reproduce/notebook.ts";

const cell = { id: "a", source: "x;\ny;", metadata: {}, storedOutputs: 0 };
const notebook: Notebook = {
  path: "x.ipynb",
  metadata: { kernelspec: { name: "deno", display_name: "Mine" } },
  cells: [
    { ...cell, kind: "markdown", id: "m", source: "# A\n" },
    { ...cell, kind: "code" },
    { ...cell, kind: "code", id: "b" },
  ],
};

Deno.test("outputs and counts stand in the code cells, keys are sorted, texts are lists of lines", () => {
  const bundle = { data: { "text/plain": "1\n2", "image/png": "AA\nAA" }, metadata: {} };
  const text = formatExecuted(notebook, [[], [{ output_type: "display_data", ...bundle }]]);
  assert.deepEqual(JSON.parse(text), {
    cells: [
      { cell_type: "markdown", id: "m", metadata: {}, source: ["# A\n"] },
      {
        ...{ cell_type: "code", id: "a", metadata: {}, source: ["x;\n", "y;"] },
        execution_count: 1,
        outputs: [],
      },
      {
        ...{ cell_type: "code", id: "b", metadata: {}, source: ["x;\n", "y;"] },
        execution_count: 2,
        outputs: [{
          data: { "image/png": "AA\nAA", "text/plain": ["1\n", "2"] },
          metadata: {},
          output_type: "display_data",
        }],
      },
    ],
    metadata: {
      kernelspec: { display_name: "Mine", name: "deno" },
      language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
  assert.ok(text.indexOf('"cell_type"') < text.indexOf('"id"'));
  assert.ok(text.indexOf('"image/png"') < text.indexOf('"text/plain"'));
  assert.ok(text.endsWith("}\n"));
});

Deno.test("what a notebook notices of its own model is left out where it read another", () => {
  const cells = [{ ...cell, kind: "markdown" as const, source: "**Notice:** it is 0.5.\n" }];
  const { cells: [text] } = JSON.parse(formatExecuted({ ...notebook, cells }, [], "nano-64"));
  assert.deepEqual(text.source, ["*Notice* is left out here: it quotes numbers of nano-64.\n"]);
});
