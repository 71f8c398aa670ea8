/**
 * `deno task reproduce`: runs every notebook without Jupyter and keeps what they write, the executed
 * notebooks and a gallery of all figures; `--check` compares instead.
 */

import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { helpText } from "../cli/help_text.ts";
import { parseFlags } from "../cli/parse_flags.ts";
import { startProgressBar } from "../cli/progress_bar.ts";
import { checkWritable } from "../files/check_writable.ts";
import { exists } from "../files/exists.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import { type AssembledResults, assembleResults, COMMON_FILES } from "./assemble_results.ts";
import { compareResults } from "./compare_results.ts";
import { fetchPackages } from "./deno_process.ts";
import { findNotebooks } from "./find_notebooks.ts";
import { NotebookError } from "./notebook.ts";
import { type NotebookResults, readNotebook, type StoredNotebook } from "./notebook_results.ts";
import { checkPlaces, keepSources, replaceResults } from "./replace_results.ts";
import { readResultFiles } from "./result_files.ts";
import { runNotebooks } from "./run_notebooks.ts";

const command = {
  name: "deno task reproduce",
  summary: "Runs every notebook without Jupyter, type-checked, and writes its tables and figures.",
  flags: [
    { name: "only", type: "list", description: "run just the notebooks of these names" },
    {
      name: "check",
      type: "switch",
      description: "write nothing, but say whether the folder holds what the notebooks write",
    },
    { name: "out", type: "text", description: "folder for all results", default: "results" },
    { name: "notebooks", type: "text", description: "folder to look in instead of the project's" },
  ],
} as const;

/** Runs the command; returns its exit code. */
async function reproduce(args: readonly string[], signal: AbortSignal): Promise<number> {
  const flags = parseFlags(command, args);
  if (flags === "help") {
    console.log(helpText(command));
    return 0;
  }
  const project = fileURLToPath(new URL("../../notebooks", import.meta.url));
  const folder = relative(".", flags.notebooks ?? project) || ".";
  const wanted = await findNotebooks(folder, flags.only);
  const all = await Promise.all((await findNotebooks(folder)).map(readNotebook));
  await checkFolder(flags.out, all, flags.check);
  const unfetched = await fetchPackages(signal);
  if (unfetched !== "") {
    console.error(
      `packages cannot be fetched, so that those in Deno's cache are used: ${unfetched}`,
    );
  }
  const ran = await runAll(all.filter(({ path }) => wanted.includes(path)), signal);
  if (ran === null) return 1;
  const assembled = await assembleResults(ran, all, flags.out);
  signal.throwIfAborted();
  await checkPlaces(flags.out, assembled.files.keys());
  return await (flags.check
    ? check(assembled, flags.out, flags.only === undefined, signal)
    : publish(assembled, flags.out, signal));
}

/**
 * Finds what is wrong with the folder of results before any notebook runs.
 *
 * @throws {Error} Saying what, and what to do.
 */
async function checkFolder(
  out: string,
  notebooks: readonly StoredNotebook[],
  onlyRead: boolean,
): Promise<void> {
  if (onlyRead) {
    if (await exists(out) && !(await Deno.stat(out)).isDirectory) {
      throw new NotebookError(`${out} is not a folder: --out takes the one that holds the results`);
    }
  } else {
    await checkWritable(out);
    await keepSources(out, notebooks);
  }
  const former = Object.values(await readResultFiles(out)).flat();
  const executed = notebooks.map(({ name }) => `notebooks/${name}.ipynb`);
  await checkPlaces(out, [...COMMON_FILES, ...executed, ...former]);
}

/** Runs notebooks with a bar over all their cells; `null`, with nothing written, if one failed. */
async function runAll(
  notebooks: readonly StoredNotebook[],
  signal: AbortSignal,
): Promise<NotebookResults[] | null> {
  // More at a time would need more memory than small machines have.
  const atOnce = Math.min(4, navigator.hardwareConcurrency, notebooks.length);
  const cells = new Map(notebooks.map(({ name, notebook }) => [
    name,
    notebook.cells.filter(({ kind }) => kind === "code").length,
  ]));
  const done = new Map<string, number>();
  const running = new Map<string, string>();
  const total = [...cells.values()].reduce((sum, count) => sum + count, 0);
  const bar = startProgressBar("notebooks", "cells", total);
  const update = () => {
    const past = [...done.values()].reduce((sum, count) => sum + count, 0);
    bar.update(past, [...running].map(([name, cell]) => `${name} ${cell}`).join(", "));
  };
  const end = (name: string, line: string) => {
    done.set(name, cells.get(name)!);
    running.delete(name);
    update();
    bar.log(line);
  };
  try {
    const results = await runNotebooks(notebooks, atOnce, {
      onCell(name, cell) {
        done.set(name, cell - 1);
        running.set(name, `${cell}/${cells.get(name)}`);
        update();
      },
      onDone: (name, seconds) => end(name, `${name}: done in ${seconds.toFixed(1)} s`),
      onFailed: (name, { message }) => end(name, `${name}: failed\n${message}`),
    }, signal);
    const succeeded = results.filter((result) => result !== null);
    for (const { name, files } of succeeded) {
      for (const path of COMMON_FILES.filter((path) => files.has(path))) {
        bar.log(`${name}: its ${path} is left out, since that of all notebooks goes there`);
      }
    }
    if (succeeded.length === results.length) return succeeded;
    const failed = results.length - succeeded.length;
    bar.log(`${failed} of ${results.length} notebooks failed: the results are left as they were.`);
    return null;
  } finally {
    bar.stop();
  }
}

/** Writes results, and removes those that notebooks wrote before and write no more. */
async function publish(
  assembled: AssembledResults,
  out: string,
  signal: AbortSignal,
): Promise<number> {
  const { files, gone } = assembled;
  await replaceResults(assembled, out, signal);
  console.log(`${files.size} files written, all figures in ${join(out, "index.html")}`);
  for (const path of gone) console.log(`removed: ${path}, which no notebook writes any more`);
  return 0;
}

/** Says how the folder differs from what was recomputed, and keeps that for comparison. */
async function check(
  assembled: AssembledResults,
  out: string,
  all: boolean,
  signal: AbortSignal,
): Promise<number> {
  const difference = await compareResults(assembled, out, all);
  const lines = Object.entries(difference).flatMap(([kind, paths]: [string, readonly string[]]) =>
    paths.map((path) => `${kind}: ${path}`)
  );
  if (lines.length === 0) {
    console.log(`identical: ${assembled.files.size} files in ${out} are what the notebooks write`);
    return 0;
  }
  const kept = await Deno.makeTempDir({ prefix: "neuromfa-check-" });
  try {
    for (const [path, bytes] of assembled.files) {
      signal.throwIfAborted();
      await writeWholeFile(join(kept, path), bytes);
    }
  } catch (error) {
    await Deno.remove(kept, { recursive: true });
    throw error;
  }
  console.error(lines.join("\n"));
  console.error(
    `files in ${out} that are not as the notebooks write them: ${lines.length}; as they write them: ${kept}`,
  );
  return 1;
}

/** Milliseconds for ending what runs after a signal. */
const GRACE = 800;
/** Exit code of a program that a signal stopped. */
const STOPPED = 130;

const stop = new AbortController();
for (
  const signal of Deno.build.os === "windows" ? ["SIGINT"] as const : ["SIGINT", "SIGTERM"] as const
) {
  Deno.addSignalListener(signal, () => stop.abort(new Error("stopped")));
}
const outOfTime = new Promise<number>((resolve) =>
  stop.signal.addEventListener("abort", () => setTimeout(resolve, GRACE, STOPPED))
);

try {
  const code = await Promise.race([reproduce(Deno.args, stop.signal), outOfTime]);
  Deno.exit(stop.signal.aborted ? STOPPED : code);
} catch (error) {
  if (stop.signal.aborted) {
    console.error("stopped: the results are left as they were");
    Deno.exit(STOPPED);
  }
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
