/** Telling a reader where in a notebook something is. */

import type { CellLine, NotebookModule } from "./notebook_module.ts";

/** A place in words: file, code cell, line. */
export function placeOf(module: NotebookModule, { cell, line }: CellLine): string {
  return `${module.notebook.path}, code cell ${cell}, line ${line}`;
}

/** The line of source at a place, indented. */
export function quote(module: NotebookModule, { cell, line }: CellLine): string {
  return `    ${module.sources[cell - 1]!.split("\n")[line - 1]}`;
}
