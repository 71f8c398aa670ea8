/** From the code cells of a notebook to one TypeScript module that can be type-checked and run. */

import ts from "typescript";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkCellSyntax, refuseRepeatedNames } from "./check_cell_syntax.ts";
import { type Notebook, NotebookError } from "./notebook.ts";
import { RECORDER_KEY } from "../../lib/display/kernel.ts";
import { OFFLINE_RUN, startDeno } from "./deno_process.ts";

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
    `result(value: unknown): Promise<void> }>)[Symbol.for("${RECORDER_KEY}")]!;`,
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
      `${path}, code cell ${number}: its brackets or operators are nested too deeply to be parsed`,
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

/**
 * Type-checks a module. It does not run, and nothing is fetched for it.
 *
 * @param module The module.
 * @param file Where its text was written to; a file is put beside it.
 * @param signal Stops the check when it aborts.
 * @throws {NotebookError} With every type error's cell, line and message, or with an import that is not in Deno's cache.
 */
export async function checkModule(
  module: NotebookModule,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  const report = await typeErrors([file], dirname(file), signal);
  if (report !== null) throw new NotebookError(describeErrors(module, file, report));
}

/**
 * Type-checks several modules at once, which takes little longer than one of them: nearly all of
 * that goes into what they import.
 *
 * @param modules The modules.
 * @param signal Stops the check when it aborts.
 * @returns Whether all are right; {@linkcode checkModule} says what is wrong with one.
 */
export async function checkTogether(
  modules: readonly NotebookModule[],
  signal?: AbortSignal,
): Promise<boolean> {
  const folder = await Deno.makeTempDir({ prefix: "neuromfa-notebooks-" });
  try {
    const files = modules.map((_, i) => join(folder, `cells${i}.ts`));
    await Promise.all(modules.map(({ text }, i) => Deno.writeTextFile(files[i]!, text)));
    return await typeErrors(files, folder, signal) === null;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Deno's report on the types of some files in a folder, where another is put beside them; `null` if
 * they are right.
 */
async function typeErrors(
  files: readonly string[],
  folder: string,
  signal?: AbortSignal,
): Promise<string | null> {
  // `deno check` fetches packages whatever it is told; a program that imports only types runs none of what it checks.
  const program = join(folder, "check.ts");
  const lines = files.map((file, i) =>
    `import type * as cells${i} from ${JSON.stringify(`./${basename(file)}`)};\n` +
    `export type { cells${i} };\n`
  );
  await Deno.writeTextFile(program, lines.join(""));
  const process = startDeno([...OFFLINE_RUN, "--check", program], { signal });
  const { success, stdout, stderr } = await process.output();
  signal?.throwIfAborted();
  return success ? null : new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

/** Deno's report with each error of the module led back to its cell. */
function describeErrors(module: NotebookModule, file: string, report: string): string {
  const { path } = module.notebook;
  const errors = report.matchAll(/^(?:TS\d+ )?\[ERROR\]: (.*?)\n\s*at (file:\S+?):(\d+):\d+$/gms);
  const described = [...errors].map(([, body, url, line]) => {
    const message = withoutQuote(body!);
    if (url !== pathToFileURL(file).href) return `${path} imports ${url}, line ${line}: ${message}`;
    const origin = module.origins[Number(line) - 1];
    return origin ? `${placeOf(module, origin)}: ${message}\n${quote(module, origin)}` : message;
  });
  if (described.length > 0) return described.join("\n");
  const [, missing] = report.match(/not found in cache: "(.*?)", --cached-only/) ?? [];
  if (missing === undefined) return `${path} does not type-check:\n${report.trim()}`;
  const [, line] = report.match(/^\s*at (?:file:\S+?):(\d+):\d+$/m) ?? [];
  const origin = report.includes(pathToFileURL(file).href)
    ? module.origins[Number(line) - 1] ?? undefined
    : undefined;
  const place = origin ? placeOf(module, origin) : path;
  return `${place}: ${missing} is imported but not in Deno's cache, and notebooks run without a network: ` +
    `fetch it before (deno cache)${origin ? `\n${quote(module, origin)}` : ""}`;
}

/** The message alone: Deno adds the line it is about and underlines the place. */
function withoutQuote(body: string): string {
  const lines = body.split("\n");
  const underline = lines.findIndex((line) => /^\s*~+\s*$/.test(line));
  return (underline > 0 ? lines.slice(0, underline - 1) : lines).join("\n");
}

/** A place in words: file, code cell, line. */
export function placeOf(module: NotebookModule, { cell, line }: CellLine): string {
  return `${module.notebook.path}, code cell ${cell}, line ${line}`;
}

/** The line of source at a place, indented. */
export function quote(module: NotebookModule, { cell, line }: CellLine): string {
  return `    ${module.sources[cell - 1]!.split("\n")[line - 1]}`;
}
