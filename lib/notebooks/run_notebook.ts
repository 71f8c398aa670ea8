/** A notebook from its file to its executed text, without Jupyter. */

import { join, resolve } from "node:path";
import { checkModule } from "./check_module.ts";
import { executeModule, type ExecuteOptions } from "./execute_module.ts";
import { formatExecuted } from "./format_executed.ts";
import { notebookModule } from "./notebook_module.ts";
import { parseNotebook } from "./parse_notebook.ts";
import { readText } from "../files/read_file.ts";
import { writing } from "../files/system_fault.ts";

/** Where a notebook writes, and who is told how far it is. */
export interface RunNotebookOptions {
  /** Folder that the notebook may write to; it finds the path in the environment as `NEUROMFA_RESULTS`. */
  readonly results: string;
  /** Called when a code cell starts, with its number from 1, and the number of all. */
  readonly onCell?: (cell: number, cells: number) => void;
}

/**
 * Type-checks a notebook's code cells as one module and runs them.
 *
 * @param path The `.ipynb` file.
 * @returns The text of the executed notebook; nothing is written but what the cells write.
 * @throws {NotebookError} If it is no notebook, does not type-check, or a cell throws: naming file, code
 * cell, line, source and message.
 */
export async function runNotebook(path: string, options: RunNotebookOptions): Promise<string> {
  const notebook = parseNotebook(await readText(path), path);
  const module = notebookModule(notebook);
  const results = resolve(options.results);
  await writing(results, () => Deno.mkdir(results, { recursive: true }));
  const folder = await Deno.makeTempDir({ prefix: "neuromfa-notebook-" });
  try {
    const file = join(folder, "cells.ts");
    await Deno.writeTextFile(file, module.text);
    await checkModule(module, file);
    const { onCell } = options;
    const execute: ExecuteOptions = onCell === undefined
      ? { results }
      : { results, onCell: (cell) => onCell(cell, module.sources.length) };
    return formatExecuted(notebook, await executeModule(module, file, execute));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
