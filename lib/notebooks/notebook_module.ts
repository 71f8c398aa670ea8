/** From the code cells of a notebook to one TypeScript module that can be type-checked and run. */

import ts from "typescript";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { checkCellSyntax } from "./check_cell_syntax.ts";
import { type Notebook, NotebookError } from "./notebook.ts";
import { recorderKey } from "./recorder.ts";
import { refuseRepeatedNames } from "./refuse_repeated_names.ts";

/** A place in a notebook. */
export interface CellLine {
  /** Number of the code cell, from 1: what Jupyter shows as `In [n]`. */
  readonly cell: number;
  /** Line in the cell, from 1. */
  readonly line: number;
}

/** A notebook's code cells as one module. */
export interface NotebookModule {
  /** The notebook it was made from. */
  readonly notebook: Notebook;
  /** Sources of the code cells. */
  readonly sources: readonly string[];
  /** The module's text. */
  readonly text: string;
  /** Where each line of the text comes from, line 1 first; `null` for lines that were put in. */
  readonly origins: readonly (CellLine | null)[];
}

/**
 * Joins the code cells of a notebook to one module, each cell's last expression reported under its cell.
 *
 * Relative imports become absolute, so that the module may lie anywhere; lines keep their order, so that
 * an error's line leads back to its cell.
 *
 * @throws {NotebookError} If a cell does not parse, declares a name that another cell declares, or uses
 * what Jupyter's kernel refuses (see {@linkcode checkCellSyntax}).
 */
export function notebookModule(notebook: Notebook): NotebookModule {
  const sources = notebook.cells.filter((cell) => cell.kind === "code").map((cell) => cell.source);
  const parsed = sources.map((source, i) => parse(source, notebook.path, i + 1));
  refuseRepeatedNames(parsed, notebook.path);

  const folder = pathToFileURL(dirname(notebook.path)).href + "/";
  const lines = [
    `const __cells = (globalThis as unknown as Record<symbol, { start(cell: number): void; ` +
    `result(value: unknown): Promise<void> }>)[Symbol.for("${recorderKey}")]!;`,
  ];
  const origins: (CellLine | null)[] = [null];
  parsed.forEach((cell, i) => {
    lines.push(`;__cells.start(${i + 1});`);
    origins.push(null);
    const cellLines = rewrite(cell, folder).split("\n");
    lines.push(...cellLines);
    cellLines.forEach((_, line) => origins.push({ cell: i + 1, line: line + 1 }));
  });
  return { notebook, sources, text: lines.join("\n") + "\n;export {};\n", origins };
}

function parse(source: string, path: string, number: number): ts.SourceFile {
  try {
    const cell = ts.createSourceFile(`cell ${number}.ts`, source, ts.ScriptTarget.Latest, true);
    checkCellSyntax(cell, path, number);
    return cell;
  } catch (error) {
    // The parser of TypeScript calls itself for each bracket.
    if (!(error instanceof RangeError)) throw error;
    throw new NotebookError(
      `${path}, code cell ${number}: its brackets or operators are nested too deeply to be parsed.`,
    );
  }
}

/** The cell with its last expression reported and its relative imports made absolute, line for line. */
function rewrite(cell: ts.SourceFile, folder: string): string {
  const edits: { start: number; end: number; text: string }[] = [];
  const last = cell.statements.at(-1);
  if (last !== undefined && ts.isExpressionStatement(last)) {
    const { expression } = last;
    const start = expression.getStart(cell);
    edits.push({ start, end: start, text: "await __cells.result((" });
    edits.push({ start: expression.end, end: expression.end, text: "))" });
  }
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && isImportSpecifier(node) && /^\.\.?\//.test(node.text)) {
      const text = JSON.stringify(new URL(node.text, folder).href);
      edits.push({ start: node.getStart(cell), end: node.end, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(cell);
  edits.sort((a, b) => b.start - a.start);
  let text = cell.text;
  for (const { start, end, text: put } of edits) {
    text = text.slice(0, start) + put + text.slice(end);
  }
  return text;
}

/** Whether a string is what an `import`, `export … from`, `import()` or `import("…").Type` names. */
function isImportSpecifier(node: ts.StringLiteral): boolean {
  const parent = node.parent;
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) ||
    (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) ||
    (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword);
}
