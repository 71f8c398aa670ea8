import assert from "node:assert/strict";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";

const code = { cell_type: "code", id: "a", metadata: {}, source: [], outputs: [] };

function text(change: Record<string, unknown>): string {
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [code], ...change });
}

function refusal(stored: string): string {
  try {
    parseNotebook(stored, "x.ipynb");
  } catch (error) {
    assert.equal((error as Error).name, "NotebookError");
    return (error as Error).message;
  }
  assert.fail(`${stored} was accepted`);
}

Deno.test("cells keep their kind, id and text, written as a list of lines or as one text", () => {
  const cells = [
    { ...code, source: ["a;\n", "b;"], outputs: [{}, {}] },
    { cell_type: "markdown", id: "b", metadata: {}, source: "# A\n" },
  ];
  const notebook = parseNotebook(text({ cells }), "x.ipynb");
  assert.deepEqual(notebook.cells, [
    { kind: "code", id: "a", source: "a;\nb;", metadata: {}, storedOutputs: 2 },
    { kind: "markdown", id: "b", source: "# A\n", metadata: {}, storedOutputs: 0 },
  ]);
});

Deno.test("cells without ids, as before format 4.5, are numbered", () => {
  const { id: _, ...nameless } = code;
  const notebook = parseNotebook(text({ cells: [nameless, nameless] }), "x.ipynb");
  assert.deepEqual(notebook.cells.map(({ id }) => id), ["cell-1", "cell-2"]);
});

Deno.test("what is not a notebook of format 4 for Deno is refused with the reason", () => {
  assert.match(refusal("{"), /^x\.ipynb is not a notebook that can be run: it is not JSON/);
  assert.match(refusal("[]"), /outermost value is not an object/);
  assert.match(refusal(text({ nbformat: 3 })), /its nbformat is 3, save it as format 4/);
  assert.match(refusal(text({ cells: {} })), /it has no list of cells/);
  assert.match(
    refusal(text({ metadata: { kernelspec: { name: "python3" } } })),
    /its kernel is "python3"/,
  );
});

Deno.test("a malformed cell is refused by its number", () => {
  const refused = (cell: unknown) => refusal(text({ cells: [code, cell] }));
  assert.match(refused(null), /cell 2 of the file is not an object/);
  assert.match(refused({ ...code, cell_type: "sql" }), /cell 2 of the file has the type "sql"/);
  assert.match(refused({ ...code, id: "a b" }), /cell 2 of the file has the id "a b"/);
  assert.match(refused(code), /cell 2 of the file repeats the id "a"/);
  assert.match(refused({ ...code, id: "b", source: [1] }), /neither text nor a list of lines/);
  assert.match(refused({ ...code, id: "b", outputs: {} }), /outputs that are not a list/);
});
