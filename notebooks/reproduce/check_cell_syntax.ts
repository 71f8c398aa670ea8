/** What a cell must not hold, since it would fail or lose outputs in Jupyter. */

import ts from "typescript";
import { printable } from "../../lib/messages/shown.ts";
import { NotebookError } from "./notebook.ts";

/** Longest part of a line that is quoted. */
const LONGEST_LINE = 120;

/**
 * Refuses a cell that does not parse, uses `import.meta` (the kernel has none), exports, declares
 * `window` or `document` (Observable Plot would take them for a browser's), or calls `show(…)` without
 * `await` (the kernel would drop what it shows).
 *
 * @throws {NotebookError} Naming file, code cell, line, and what to do.
 */
export function checkCellSyntax(cell: ts.SourceFile, path: string, number: number): void {
  const refuse = (position: number, what: string): never => {
    const line = cell.getLineAndCharacterOfPosition(position).line;
    throw new NotebookError(
      `${path}, code cell ${number}, line ${line + 1}: ${what}\n` +
        `    ${printable(cell.text.split("\n")[line]!.slice(0, LONGEST_LINE))}`,
    );
  };
  const { diagnostics = [] } = ts.transpileModule(cell.text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  for (const { start = 0, messageText } of diagnostics) {
    refuse(start, ts.flattenDiagnosticMessageText(messageText, "\n"));
  }
  const visit = (node: ts.Node): void => {
    const start = node.getStart(cell);
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      refuse(start, "a cell has no import.meta: use a path from the notebook's folder.");
    }
    if (ts.isCallExpression(node) && node.expression.getText(cell) === "show") {
      if (!ts.isAwaitExpression(node.parent)) {
        refuse(start, "write await show(…): Jupyter drops what is shown after the cell has ended.");
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(cell);
  for (const statement of cell.statements) {
    const start = statement.getStart(cell);
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) {
      refuse(start, "a cell exports nothing: later cells see its names as they are.");
    }
    if (ts.canHaveModifiers(statement)) {
      const modifiers = ts.getModifiers(statement) ?? [];
      if (modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) {
        refuse(start, "a cell exports nothing: later cells see its names as they are.");
      }
    }
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) {
        if (/^(window|document)$/.test(name.getText(cell))) {
          refuse(
            start,
            `call it something else: Observable Plot takes "${
              name.getText(cell)
            }" for a browser's.`,
          );
        }
      }
    }
  }
}

/**
 * Refuses a notebook in which two cells declare the same name.
 *
 * @throws {NotebookError} Naming file, both cells and the name.
 */
export function refuseRepeatedNames(cells: readonly ts.SourceFile[], path: string): void {
  const declaredIn = new Map<string, number>();
  cells.forEach((cell, i) => {
    for (const name of new Set(topLevelNames(cell))) {
      const before = declaredIn.get(name);
      if (before !== undefined) {
        throw new NotebookError(
          `${path}, code cell ${i + 1}: "${name}" is declared in code cell ${before} already; ` +
            "the cells become one module, so give it another name or assign to it",
        );
      }
      declaredIn.set(name, i + 1);
    }
  });
}

/** Names that a cell's outermost statements declare. */
function topLevelNames(cell: ts.SourceFile): string[] {
  const names: string[] = [];
  const add = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else {
      for (const element of name.elements) if (!ts.isOmittedExpression(element)) add(element.name);
    }
  };
  for (const statement of cell.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) add(declaration.name);
    } else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {};
      if (name !== undefined) add(name);
      if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings)) {
        add(namedBindings.name);
      }
      if (namedBindings !== undefined && ts.isNamedImports(namedBindings)) {
        for (const element of namedBindings.elements) add(element.name);
      }
    } else if (
      ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    ) {
      if (statement.name !== undefined) add(statement.name);
    }
  }
  return names;
}
