/** What a notebook leaves behind: its tables and figures, and itself executed. */

import { basename, join, resolve } from "node:path";
import { listFiles } from "../../lib/files/list_files.ts";
import { type Notebook, NotebookError } from "./notebook.ts";
import { parseNotebook } from "./parse_notebook.ts";
import { readText } from "../../lib/files/read_file.ts";
import { checkModule, notebookModule } from "./notebook_module.ts";
import { executeModule, type NamedModels } from "./execute_module.ts";
import { formatExecuted } from "./format_executed.ts";
import { writing } from "../../lib/files/system_fault.ts";

/** A notebook to run. */
export interface StoredNotebook {
  /** Its file's name without `.ipynb`. */
  readonly name: string;
  /** Its file. */
  readonly path: string;
  /** Its cells. */
  readonly notebook: Notebook;
}

/** A notebook that was run, with everything it wrote. */
export interface NotebookResults extends StoredNotebook {
  /** Bytes of each file by its path under the folder of results, with `/` between folders. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads the notebook of a file.
 *
 * @throws {NotebookError} If it is none.
 */
export async function readNotebook(path: string): Promise<StoredNotebook> {
  const found = await Deno.stat(path).catch(() => undefined);
  // A pipe or a device would be waited for, or never end.
  if (!found?.isFile) {
    const what = found === undefined ? "is a link that leads to no file" : "is not a file";
    throw new NotebookError(`${path} ${what}: remove it, or give it a name without .ipynb`);
  }
  const notebook = parseNotebook(await readText(path), path);
  return { name: basename(path, ".ipynb"), path, notebook };
}

/**
 * Runs a notebook with an empty folder of results of its own, so that it can neither harm results that are
 * there nor depend on them, and takes what it wrote.
 *
 * @param stored The notebook.
 * @param options Who is told of its cells, and what is known of its types.
 * @throws {NotebookError} If it does not type-check or a cell throws.
 */
export async function notebookResults(
  stored: StoredNotebook,
  options: Omit<RunNotebookOptions, "results">,
): Promise<NotebookResults> {
  // The real path: a permission names no link, and macOS's folder for temporary files is one.
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "neuromfa-results-" }));
  try {
    const executed = await runNotebook(stored.path, { ...options, results: folder });
    const files = new Map<string, Uint8Array>();
    for (const file of await listFiles(folder)) {
      files.set(file, await Deno.readFile(join(folder, file)));
    }
    files.set(`notebooks/${stored.name}.ipynb`, new TextEncoder().encode(executed));
    return { ...stored, files };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Where a notebook writes, and who is told how far it is. */
export interface RunNotebookOptions {
  /** Folder that the notebook may write to; it finds the path in the environment as `NEUROMFA_RESULTS`. */
  readonly results: string;
  /** Called when a code cell starts, with its number from 1, and the number of all. */
  readonly onCell?: (cell: number, cells: number) => void;
  /** The models that it reads in place of its own. */
  readonly models?: NamedModels | undefined;
  /** Whether its types are known to be right, so that they are not checked again. */
  readonly checked?: boolean;
  /** Stops the notebook when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Type-checks a notebook's code cells as one module, unless that was done before, and runs them.
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
    const { onCell, checked = false, models, signal } = options;
    if (!checked) await checkModule(module, file, signal);
    const { outputs, about } = await executeModule(module, file, {
      ...{ results, models },
      onCell: (cell) => onCell?.(cell, module.sources.length),
      signal,
    });
    return formatExecuted(notebook, outputs, about);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
