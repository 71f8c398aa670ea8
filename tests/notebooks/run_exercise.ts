/** Runs a notebook with some of its cells changed, as an exercise says, and keeps what it shows. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { DisplayBundle } from "../../lib/display/display_bundle.ts";
import { notebookModule } from "../../notebooks/reproduce/notebook_module.ts";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
import { type Recorder, RECORDER_KEY } from "../../lib/display/kernel.ts";
import { withEnvironment } from "../helpers/with_environment.ts";
import { withoutPng } from "../helpers/without_png.ts";

/** A text that is found once in the notebook's code, and what stands in its place. */
export type Edit = readonly [text: string, replacement: string];

/** What is run. */
export interface ChangedNotebook {
  /** The notebook's name, without its ending. */
  readonly notebook: string;
  /** The changes, made one after another. */
  readonly edits: readonly Edit[];
  /** A text in the last cell that is run; all are unless given. */
  readonly until?: string;
  /** A text in each cell that is left out, since nothing after it needs it. */
  readonly without?: readonly string[];
  /** `NEUROMFA_MODEL`; unset unless given. */
  readonly model?: string | undefined;
  /** Other variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

const notebooks = fileURLToPath(new URL("../../notebooks", import.meta.url));

/**
 * Runs the cells in this process, so that modules are loaded once for all exercises.
 *
 * @param folder An empty folder, for the module and the results.
 * @returns All that the cells print and show as text, figures as SVG, in order.
 */
export async function runExercise(
  { notebook: name, edits, until = "", without = [], model, environment }: ChangedNotebook,
  folder: string,
): Promise<string> {
  const path = join(notebooks, `${name}.ipynb`);
  const notebook = parseNotebook(await Deno.readTextFile(path), path);
  const code = notebook.cells.filter(({ kind }) => kind === "code");
  const place = (text: string): number => {
    const found = code.flatMap(({ source }, i) => source.includes(text) ? [i] : []);
    assert.equal(found.length, 1, `${found.length} code cells of ${name} hold "${text}", not 1`);
    return found[0]!;
  };
  const sources = code.map(({ source }) => source);
  const last = until === "" ? code.length - 1 : place(until);
  const left = new Set(without.map(place));
  for (const [text, replacement] of edits) {
    const found = sources.flatMap((source, i) => source.includes(text) ? [i] : []);
    assert.equal(found.length, 1, `${found.length} code cells of ${name} hold "${text}", not 1`);
    const pieces = sources[found[0]!]!.split(text);
    assert.equal(pieces.length, 2, `"${text}" stands ${pieces.length - 1} times in its cell`);
    sources[found[0]!] = pieces.join(replacement);
  }
  const cells = code.map((cell, i) => ({ ...cell, source: sources[i]! }))
    .filter((_, i) => i <= last && !left.has(i));
  const module = join(folder, "cells.ts");
  await Deno.writeTextFile(module, notebookModule({ ...notebook, cells }).text);
  const set = {
    NEUROMFA_MODEL: model,
    NEUROMFA_STEPS: undefined,
    NEUROMFA_RESULTS: join(folder, "results"),
    ...environment,
  };
  return await recorded(set, () => import(pathToFileURL(module).href));
}

/** What is shown while something runs with these variables in the environment. */
async function recorded(
  variables: Readonly<Record<string, string | undefined>>,
  run: () => Promise<unknown>,
): Promise<string> {
  const shown: string[] = [];
  const recorder: Recorder = {
    start() {},
    display: ({ data }: DisplayBundle) => void shown.push(`${data["text/plain"] ?? ""}`),
    result: (value) => Promise.resolve(void (value === undefined || shown.push(`${value}`))),
  };
  const { log, warn } = console;
  console.log = console.warn = (...values: unknown[]) =>
    void shown.push(values.map(String).join(" "));
  Object.assign(globalThis, { [Symbol.for(RECORDER_KEY)]: recorder });
  try {
    // What is in a figure is read from its drawing.
    await withoutPng(() => withEnvironment(variables, run), (svg) => shown.push(svg));
  } finally {
    Object.assign(console, { log, warn });
    Reflect.deleteProperty(globalThis, Symbol.for(RECORDER_KEY));
  }
  return shown.join("\n");
}
