/** What a notebook leaves behind: its tables and figures, and itself executed. */

import { basename, join } from "node:path";
import { listFiles } from "../files/list_files.ts";
import type { Notebook } from "./notebook.ts";
import { parseNotebook } from "./parse_notebook.ts";
import { runNotebook } from "./run_notebook.ts";
import { readText } from "../files/read_file.ts";

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
  const notebook = parseNotebook(await readText(path), path);
  return { name: basename(path, ".ipynb"), path, notebook };
}

/**
 * Runs a notebook with an empty folder of results of its own, so that it can neither harm results that are
 * there nor depend on them, and takes what it wrote.
 *
 * @param stored The notebook.
 * @param onCell Called when a code cell starts, with its number from 1.
 * @throws {NotebookError} If it does not type-check or a cell throws.
 */
export async function notebookResults(
  stored: StoredNotebook,
  onCell: (cell: number) => void,
): Promise<NotebookResults> {
  // The real path: a permission names no link, and macOS's folder for temporary files is one.
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "neuromfa-results-" }));
  try {
    const executed = await runNotebook(stored.path, { results: folder, onCell });
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
