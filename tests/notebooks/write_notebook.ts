/** Small notebooks for tests. */

import { join } from "node:path";

/** Writes `<name>.ipynb`: a text cell `opening` unless it is empty, then code cells; returns its path. */
export async function writeNotebook(
  folder: string,
  name: string,
  opening: string,
  ...sources: string[]
): Promise<string> {
  const text = opening === "" ? [] : [{ cell_type: "markdown", metadata: {}, source: opening }];
  const code = sources.map((source) => ({
    ...{ cell_type: "code", execution_count: null, metadata: {}, source, outputs: [] },
  }));
  const path = join(folder, `${name}.ipynb`);
  const stored = { nbformat: 4, nbformat_minor: 4, metadata: {}, cells: [...text, ...code] };
  await Deno.writeTextFile(path, JSON.stringify(stored));
  return path;
}

/** A code cell that writes a text file among the results. */
export function writesFile(path: string, text: string): string {
  const [file, content] = [path, text].map((part) => JSON.stringify(part));
  return `await Deno.writeTextFile(Deno.env.get("NEUROMFA_RESULTS") + "/" + ${file}, ${content});\n`;
}
