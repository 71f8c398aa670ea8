/** Reading the text of an `.ipynb` file, format 4. */

import { printable, shown } from "../../lib/messages/shown.ts";
import { JsonTooLarge, parseJson } from "../../lib/files/parse_json.ts";
import { type Notebook, type NotebookCell, NotebookError } from "./notebook.ts";

type Fields = Record<string, unknown>;

/**
 * Reads and checks the text of a notebook.
 *
 * @param text The file's text.
 * @param path The file's name, for messages.
 * @throws {NotebookError} If the text is not JSON, not a notebook of format 4, for another kernel than
 * Deno's, or a cell is malformed: naming file, cell and what is wrong.
 */
export function parseNotebook(text: string, path: string): Notebook {
  const refuse = (what: string): never => {
    throw new NotebookError(`${path} is not a notebook that can be run: ${what}`);
  };
  let stored: unknown;
  try {
    stored = parseJson(text);
  } catch (error) {
    if (error instanceof JsonTooLarge) refuse(`it ${error.message}`);
    refuse(`it is not JSON (${printable((error as Error).message)})`);
  }
  if (!isFields(stored)) return refuse("its outermost value is not an object");
  if (stored.nbformat !== 4) {
    refuse(`its nbformat is ${shown(stored.nbformat)}, save it as format 4`);
  }
  const metadata = stored.metadata ?? {};
  if (!isFields(metadata)) return refuse("its metadata is not an object");
  const kernel = isFields(metadata.kernelspec) ? metadata.kernelspec.name : undefined;
  if (kernel !== undefined && kernel !== "deno") {
    refuse(`its kernel is ${shown(kernel)}, choose Deno's`);
  }
  if (!Array.isArray(stored.cells)) return refuse("it has no list of cells");

  const ids = new Set<string>();
  const cells = stored.cells.map((cell: unknown, i): NotebookCell => {
    const parsed = parseCell(cell, i + 1, (what) => refuse(`cell ${i + 1} of the file ${what}`));
    if (ids.has(parsed.id)) refuse(`cell ${i + 1} of the file repeats the id "${parsed.id}"`);
    ids.add(parsed.id);
    return parsed;
  });
  return { path, cells, metadata };
}

function parseCell(cell: unknown, number: number, refuse: (what: string) => never): NotebookCell {
  if (!isFields(cell)) return refuse("is not an object");
  const kind = cell.cell_type;
  if (kind !== "code" && kind !== "markdown" && kind !== "raw") {
    return refuse(`has the type ${shown(kind)}, not code, markdown or raw`);
  }
  const id = cell.id ?? `cell-${number}`;
  if (typeof id !== "string" || !/^[a-zA-Z0-9_-]{1,64}$/.test(id)) {
    return refuse(`has the id ${shown(id)}, not 1 to 64 letters, digits, - and _`);
  }
  const lines = Array.isArray(cell.source) ? cell.source : [cell.source];
  if (!lines.every((line) => typeof line === "string")) {
    refuse("has a source that is neither text nor a list of lines");
  }
  const metadata = cell.metadata ?? {};
  if (!isFields(metadata)) return refuse("has metadata that is not an object");
  const outputs = cell.outputs ?? [];
  if (!Array.isArray(outputs)) return refuse("has outputs that are not a list");
  return {
    kind,
    id,
    source: lines.join(""),
    metadata,
    ...(isFields(cell.attachments) ? { attachments: cell.attachments } : {}),
    storedOutputs: outputs.length,
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
