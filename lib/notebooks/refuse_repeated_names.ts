/** One name, one cell: what the cells of a notebook must keep to, since they become one module. */

import ts from "typescript";
import { NotebookError } from "./notebook.ts";

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
            "the cells become one module, so give it another name or assign to it.",
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
