/** The text of an executed notebook, format 4.5: the same run gives the same bytes. */

import type { Output } from "./collect_outputs.ts";
import type { Notebook } from "./notebook.ts";
import { withoutNotices } from "./without_notices.ts";

/** Kernel and language of a notebook that states none. */
const defaultMetadata = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
};

/**
 * Puts outputs and execution counts into a notebook, keys sorted and texts split into lines as Jupyter
 * stores them.
 *
 * @param notebook The notebook as stored.
 * @param outputs Outputs of each of its code cells.
 * @param about The models that its texts quote numbers of, where it read others.
 */
export function formatExecuted(
  notebook: Notebook,
  outputs: readonly (readonly Output[])[],
  about: string | null = null,
): string {
  let count = 0;
  const cells = notebook.cells.map(({ kind, id, source, metadata, attachments }) => {
    const text = kind === "markdown" && about !== null ? withoutNotices(source, about) : source;
    const cell = { cell_type: kind, id, metadata, source: lines(text) };
    if (kind !== "code") return attachments === undefined ? cell : { ...cell, attachments };
    count++;
    const shown = outputs[count - 1] ?? [];
    return { ...cell, execution_count: count, outputs: shown.map(storedOutput) };
  });
  const metadata = { ...defaultMetadata, ...notebook.metadata };
  const stored = { cells, metadata, nbformat: 4, nbformat_minor: 5 };
  return JSON.stringify(stored, sortedKeys, 1) + "\n";
}

function storedOutput(output: Output): Record<string, unknown> {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  const data = Object.entries(output.data).map(([type, value]) => {
    const isText = typeof value === "string" && (type.startsWith("text/") || type.endsWith("+xml"));
    return [type, isText ? lines(value) : value];
  });
  return { ...output, data: Object.fromEntries(data) };
}

/** A text as a list of lines, each but the last with its line end. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
