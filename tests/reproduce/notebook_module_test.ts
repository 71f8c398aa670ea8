import assert from "node:assert/strict";
import { notebookModule } from "../../notebooks/reproduce/notebook_module.ts";
import type { Notebook } from "../../notebooks/reproduce/notebook.ts";

function notebook(...sources: string[]): Notebook {
  const cells = sources.map((source, i) => ({
    kind: "code" as const,
    id: `c${i}`,
    source,
    metadata: {},
    storedOutputs: 0,
  }));
  return { path: "/notebooks/x.ipynb", cells, metadata: {} };
}

/** The module's lines that come from cells. */
function cellLines(...sources: string[]): string[] {
  const { text, origins } = notebookModule(notebook(...sources));
  return text.split("\n").filter((_, i) => origins[i]);
}

function refusal(...sources: string[]): string {
  try {
    notebookModule(notebook(...sources));
  } catch (error) {
    return (error as Error).message;
  }
  assert.fail(`${sources} was accepted`);
}

Deno.test("a cell's last expression is reported, over several lines and with a comment behind", () => {
  assert.deepEqual(cellLines("const a = 1;\na + 1; // two"), [
    "const a = 1;",
    "await __cells.result((a + 1)); // two",
  ]);
  assert.deepEqual(cellLines("[\n  1,\n].length"), [
    "await __cells.result(([",
    "  1,",
    "].length))",
  ]);
});

Deno.test("a cell that ends in a declaration or a loop is left as it is", () => {
  const source = "let sum = 0;\nfor (const x of [1, 2]) sum += x;";
  assert.deepEqual(cellLines(source), source.split("\n"));
});

Deno.test("every line leads back to its cell", () => {
  const { text, origins } = notebookModule(notebook("const a = 1;", "\na;"));
  const line = text.split("\n").findIndex((line) => line.includes("result((a))"));
  assert.deepEqual(origins[line], { cell: 2, line: 2 });
});

Deno.test("relative imports become absolute, whatever their form, and other texts stay", () => {
  const lines = cellLines(
    'import { a } from "./a.ts";\nimport type { B } from "../b.ts";\n' +
      'const c: typeof import("./c.ts") = await import("./c.ts");\nconst d = "./d.ts";\n' +
      'import e from "neuromfa";',
  );
  assert.deepEqual(lines, [
    'import { a } from "file:///notebooks/a.ts";',
    'import type { B } from "file:///b.ts";',
    'const c: typeof import("file:///notebooks/c.ts") = await import("file:///notebooks/c.ts");',
    'const d = "./d.ts";',
    'import e from "neuromfa";',
  ]);
});

Deno.test("a name that two cells declare is refused with both cells, however it is declared", () => {
  const message = /x\.ipynb, code cell 2: "a" is declared in code cell 1 already; .* another name/;
  for (
    const declaration of [
      "const a = 1;",
      "const { x: [a] } = y;",
      "function a() {}",
      "class a {}",
      "type a = 1;",
      'import a from "x";',
      'import * as a from "x";',
      'import { b as a } from "x";',
    ]
  ) assert.match(refusal("let a;", declaration), message, declaration);
});

Deno.test("a name inside a block or function may come again", () => {
  assert.equal(
    cellLines("{ const a = 1; }", "const f = (a: number) => a;", "const a = 2;").length,
    3,
  );
});

Deno.test("what Jupyter would fail at or lose is refused with cell, line and what to do", () => {
  const second = (source: string) => refusal("1;", `2;\n${source}`);
  assert.match(second("const = 3;"), /code cell 2, line 2: .*expected.*\n {4}const = 3;/);
  assert.match(second("import.meta.url;"), /line 2: a cell has no import\.meta/);
  assert.match(second("show(x);"), /line 2: write await show\(…\)/);
  assert.match(second("[x].map((y) => show(y));"), /line 2: write await show/);
  assert.match(second("export const a = 1;"), /line 2: a cell exports nothing/);
  assert.match(second('export * from "x";'), /line 2: a cell exports nothing/);
  assert.match(second("const document = 1;"), /line 2: call it something else.*"document"/);
});

Deno.test("a cell that is nested too deeply to be parsed is refused by its number", () => {
  const nested = "(".repeat(50_000) + ")".repeat(50_000);
  assert.match(refusal("1", nested), /x\.ipynb, code cell 2: .* nested too deeply to be parsed/);
});
