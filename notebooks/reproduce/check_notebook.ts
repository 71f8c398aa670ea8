/**
 * `deno task check-notebook FILE…`: type-checks the cells of notebooks, which Jupyter does not do, and names the cell and the
 * line of each fault. Nothing runs, and nothing is written.
 */

import { join } from "node:path";
import { helpText } from "../../lib/cli/help_text.ts";
import { FlagError, parseFlags } from "../../lib/cli/parse_flags.ts";
import { standWhereCalled } from "../../lib/cli/stand_where_called.ts";
import { exists } from "../../lib/files/list_files.ts";
import { printableLines } from "../../lib/messages/shown.ts";
import { names } from "../../lib/options/option.ts";
import { fetchPackages } from "./deno_process.ts";
import { NotebookError } from "./notebook.ts";
import {
  checkModule,
  checkTogether,
  type NotebookModule,
  notebookModule,
} from "./notebook_module.ts";
import { readNotebook } from "./notebook_results.ts";

const COMMAND = {
  name: "deno task check-notebook",
  summary:
    "Type-checks the code cells of notebooks, each notebook as one program, and names the cell and the line of every fault.",
  words: { option: "notebooks", called: "FILE" },
  options: { notebooks: names({ help: "the notebooks, *.ipynb", otherwise: "none" }) },
};

/**
 * Finds what is wrong with the types and the syntax of notebooks' code cells.
 *
 * @param paths Their files.
 * @param signal Stops the check.
 * @returns For each notebook what is wrong with it, with cells and lines; `null` where nothing is.
 */
export async function notebookFaults(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<(string | null)[]> {
  const modules = await Promise.all(paths.map((path) => faultOr(() => moduleOf(path))));
  const whole = modules.filter((module) => typeof module !== "string");
  // Most notebooks are right, and all of them together take little longer than one.
  const areRight = whole.length > 1 && await checkTogether(whole, signal);
  const faults: (string | null)[] = [];
  for (const module of modules) {
    if (typeof module === "string") faults.push(module);
    else faults.push(areRight ? null : await faultOr(() => typeFault(module, signal)));
  }
  return faults;
}

async function moduleOf(path: string): Promise<NotebookModule> {
  if (!await exists(path)) throw new NotebookError(`${path} does not exist; check the path`);
  const { notebook } = await readNotebook(path);
  return notebookModule(notebook);
}

async function typeFault(module: NotebookModule, signal: AbortSignal): Promise<null> {
  const folder = await Deno.makeTempDir({ prefix: "neuromfa-notebook-" });
  try {
    const file = join(folder, "cells.ts");
    await Deno.writeTextFile(file, module.text);
    await checkModule(module, file, signal);
    return null;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What work gives, or what it says is wrong with a notebook. */
async function faultOr<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotebookError) return error.message;
    throw error;
  }
}

/** Obeys a command line; returns its exit code. */
async function checkNotebooks(args: readonly string[], signal: AbortSignal): Promise<number> {
  const line = parseFlags(COMMAND, args);
  if (line === "help") {
    console.log(helpText(COMMAND));
    return 0;
  }
  const { notebooks = [] } = line.values;
  if (notebooks.length === 0) {
    throw new FlagError(
      "no notebook is named: deno task check-notebook notebooks/01_first_look.ipynb",
    );
  }
  const unfetched = await fetchPackages(signal);
  if (unfetched !== "") console.error(`packages cannot be fetched: ${printableLines(unfetched)}`);
  const faults = await notebookFaults(notebooks, signal);
  for (const [i, fault] of faults.entries()) {
    if (fault === null) console.log(`${notebooks[i]}: no fault`);
    else console.error(printableLines(fault));
  }
  return faults.every((fault) => fault === null) ? 0 : 1;
}

if (import.meta.main) {
  const stop = new AbortController();
  Deno.addSignalListener("SIGINT", () => stop.abort(new Error("stopped")));
  try {
    standWhereCalled();
    Deno.exit(await checkNotebooks(Deno.args, stop.signal));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(printableLines(error.message));
    Deno.exit(stop.signal.aborted ? 130 : 1);
  }
}
