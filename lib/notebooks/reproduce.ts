/**
 * `deno task reproduce`: runs every notebook without Jupyter and keeps the executed notebooks; the
 * notebooks themselves write tables and figures.
 */

import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWholeFile } from "../files/write_whole_file.ts";
import { helpText } from "../cli/help_text.ts";
import { FlagError, parseFlags } from "../cli/parse_flags.ts";
import { type ProgressBar, startProgressBar } from "../cli/progress_bar.ts";
import { findNotebooks } from "./find_notebooks.ts";
import { NotebookError } from "./notebook.ts";
import { runNotebook } from "./run_notebook.ts";

const command = {
  name: "deno task reproduce",
  summary: "Runs every notebook without Jupyter, type-checked, and writes its tables and figures.",
  flags: [
    { name: "only", type: "text", description: "run just the notebook of this name" },
    { name: "out", type: "text", description: "folder for all results", default: "results" },
    { name: "notebooks", type: "text", description: "folder to look in instead of the project's" },
  ],
} as const;

/** Runs the command; returns its exit code. */
async function reproduce(args: readonly string[]): Promise<number> {
  const flags = parseFlags(command, args);
  if (flags === "help") {
    console.log(helpText(command));
    return 0;
  }
  const project = fileURLToPath(new URL("../../notebooks", import.meta.url));
  const paths = await findNotebooks(relative(".", flags.notebooks ?? project) || ".", flags.only);
  for (const path of paths) await reproduceNotebook(path, flags.out);
  return 0;
}

/** Runs one notebook and writes its executed form. */
async function reproduceNotebook(path: string, out: string): Promise<void> {
  const started = performance.now();
  const place = join(out, "notebooks", basename(path));
  let bar: ProgressBar | undefined;
  console.log(`${path}: type-checking`);
  try {
    const onCell = (cell: number, cells: number) => {
      bar ??= startProgressBar(path, "cells", cells);
      bar.update(cell - 1, `code cell ${cell}`);
    };
    const executed = await runNotebook(path, { results: out, onCell });
    await writeWholeFile(place, executed);
  } finally {
    bar?.stop();
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${path}: done in ${seconds} s, executed notebook in ${place}`);
}

try {
  Deno.exitCode = await reproduce(Deno.args);
} catch (error) {
  if (!(error instanceof FlagError || error instanceof NotebookError)) throw error;
  console.error(error.message);
  Deno.exitCode = 1;
}
