/**
 * `deno task reproduce`: runs every notebook without Jupyter and keeps what they write, the executed
 * notebooks and a gallery of all figures; `--check` compares instead. With `--model` they read other models than their own,
 * also from the hub, after their user has seen what that moves.
 */

import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { helpText } from "../../lib/cli/help_text.ts";
import { type Command, type CommandLine, parseFlags } from "../../lib/cli/parse_flags.ts";
import {
  type DefaultedOption,
  names,
  number,
  onOff,
  type Option,
  text,
} from "../../lib/options/option.ts";
import { nameList } from "../../lib/options/name_list.ts";
import { OPTIONS } from "../../lib/options/options.ts";
import type { Transfer } from "../../lib/options/values.ts";
import { standWhereCalled } from "../../lib/cli/stand_where_called.ts";
import { startProgressBar } from "../../lib/cli/progress_bar.ts";
import { checkWritable } from "../../lib/files/check_writable.ts";
import { exists, listFiles } from "../../lib/files/list_files.ts";
import { sameBytes } from "../../lib/files/same_bytes.ts";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import { type AssembledResults, assembleResults, COMMON_FILES } from "./assemble_results.ts";
import { bringFromHub, permissionsOfScores } from "./bring_from_hub.ts";
import { fetchPackages } from "./deno_process.ts";
import type { NamedModels } from "./execute_module.ts";
import { type ModelFlags, type ModelTask, namedModels, notebooksFor } from "./model_task.ts";
import { notebooksOn } from "./local_models.ts";
import { NotebookError } from "./notebook.ts";
import { type NotebookResults, readNotebook, type StoredNotebook } from "./notebook_results.ts";
import { checkPlaces, keepSources, replaceResults } from "./replace_results.ts";
import { readResultFiles } from "./result_files.ts";
import { runNotebooks } from "./run_notebooks.ts";
import { closest } from "fastest-levenshtein";
import { systemFault } from "../../lib/files/system_fault.ts";

const COMMAND = {
  name: "deno task reproduce",
  summary:
    "Runs every notebook without Jupyter, type-checked, and writes its tables and figures: all, or those that are named.",
  words: { option: "only", called: "NOTEBOOK" },
  options: {
    only: names({ help: "run just the notebooks of these names", otherwise: "all" }),
    check: onOff({
      help: "write nothing, but say whether the folder holds what the notebooks write",
    }) as DefaultedOption<boolean>,
    model: {
      ...names({
        help:
          "models that notebooks read in place of their own, as --models of deno task neuromfa takes them; the first, or all in " +
          "notebooks that compare models",
        otherwise: "each notebook's own",
      }),
      read: nameList,
    } as Option<readonly string[]>,
    steps: { ...OPTIONS.steps, read: (word: string) => word } as Option<string>,
    allowHub: {
      ...onOff({
        help:
          "read models of the hub, after saying what that moves; without it nothing is connected to",
      }),
      aliases: ["allow-hub"],
    } as DefaultedOption<boolean>,
    plan: onOff({ help: "say what is to be moved from the hub, and stop" }) as DefaultedOption<
      boolean
    >,
    yes: onOff({ help: "move it without a question" }) as DefaultedOption<boolean>,
    transfer: OPTIONS.transfer,
    rate: number({
      ...{ above: 0, max: 1e6 },
      help: "the speed of the link in Mbit/s that the plan counts on, with 0.1 s a request",
      otherwise: "what the headers of the models come at",
    }) as Option<number>,
    out: text({
      help: "folder for all results",
      otherwise: "results; with --model, one of its own in out/reproduce",
    }),
    notebooks: text({ help: "folder to look in", otherwise: "the project's" }),
  },
} satisfies Command;

/** Runs the command; returns its exit code. */
async function reproduce(args: readonly string[], signal: AbortSignal): Promise<number> {
  const line = commandLine(args);
  if (line === "help") {
    console.log(helpText(COMMAND));
    return 0;
  }
  const flags = line.values;
  const project = fileURLToPath(new URL("..", import.meta.url));
  const folder = relative(".", flags.notebooks ?? project) || ".";
  const all = await Promise.all((await findNotebooks(folder)).map(readNotebook));
  const named = await namedModels(
    { ...environmentFlags(), ...line.given },
    join(project, "../results"),
  );
  const found = await findNotebooks(folder, flags.only);
  const asked = all.filter(({ path }) => found.includes(path));
  const wanted = named === null ? asked : notebooksFor(asked, named, flags.only !== undefined);
  const out = named?.out ?? flags.out ?? relative(".", join(project, "../results"));
  await checkFolder(out, all, flags.check);
  const unfetched = await fetchPackages(signal);
  if (unfetched !== "") {
    console.error(
      `packages cannot be fetched, so that those in Deno's cache are used: ${unfetched}`,
    );
  }
  const able = named === null || named.isOnHub
    ? wanted
    : await notebooksOn(named, wanted, flags.only !== undefined);
  const models = named === null ? undefined : await readyModels(named, able, flags, signal);
  if (models === null) return 0;
  const ran = await runAll(able, signal, models);
  if (ran === null) return 1;
  const assembled = await assembleResults(ran, all, out);
  signal.throwIfAborted();
  await checkPlaces(out, assembled.files.keys());
  return await (flags.check
    ? check(assembled, out, flags.only === undefined, signal)
    : publish(assembled, out, signal));
}

/** What the models named need before notebooks read them; `null` where the notebooks are not to be run. */
async function readyModels(
  { models, steps, isOnHub }: ModelTask,
  notebooks: readonly StoredNotebook[],
  { transfer, rate, plan, yes }: {
    transfer: Transfer;
    rate?: number | undefined;
    plan: boolean;
    yes: boolean;
  },
  signal: AbortSignal,
): Promise<NamedModels | null> {
  const named = { models: models.join(","), steps: steps ?? "" };
  if (!isOnHub) return { ...named, scores: null };
  const task = {
    ...{ models, steps, transfer, notebooks: notebooks.map(({ name }) => name) },
    // Of a link the bits are told.
    bandwidth: rate === undefined ? undefined : rate * 1e6 / 8,
  };
  const isBrought = await bringFromHub(task, { planOnly: plan, yes, signal });
  return isBrought ? { ...named, scores: permissionsOfScores() } : null;
}

/** What the variables that notebooks read say, as flags: whoever sets them means other results too. */
function environmentFlags(): Pick<ModelFlags, "model" | "steps"> {
  const words = (name: string) => Deno.env.get(name)?.trim() || undefined;
  const model = words("NEUROMFA_MODEL"), steps = words("NEUROMFA_STEPS");
  return {
    ...model !== undefined && { model: nameList(model) },
    ...model !== undefined && steps !== undefined && { steps },
  };
}

/**
 * Reads the arguments of the command; names of notebooks need no flag.
 *
 * @throws {FlagError} If they cannot be obeyed.
 */
export function commandLine(args: readonly string[]): CommandLine<typeof COMMAND.options> | "help" {
  return parseFlags(COMMAND, args);
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
  models?: NamedModels,
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
    const results = await runNotebooks(
      notebooks,
      atOnce,
      {
        onCell(name, cell) {
          done.set(name, cell - 1);
          running.set(name, `${cell}/${cells.get(name)}`);
          update();
        },
        onDone: (name, seconds) => end(name, `${name}: done in ${seconds.toFixed(1)} s`),
        onFailed: (name, { message }) => end(name, `${name}: failed\n${message}`),
      },
      signal,
      models,
    );
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

/**
 * Paths of the `.ipynb` files in a folder, by name, or of those that are asked for.
 *
 * @param folder The folder; folders in it are not searched.
 * @param only Names of notebooks, with or without their number and `.ipynb`: `first_look` is `01_first_look`.
 * @throws {NotebookError} If there is none, or none of a name asked for.
 */
export async function findNotebooks(folder: string, only?: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (!isDirectory && name.endsWith(".ipynb")) names.push(basename(name, ".ipynb"));
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotADirectory) {
      throw new NotebookError(
        `${folder} is not a folder: --notebooks takes one with *.ipynb files`,
      );
    }
    if (!(error instanceof Deno.errors.NotFound)) throw systemFault(error, folder, "read");
  }
  if (names.length === 0) throw new NotebookError(`${folder} holds no notebook (*.ipynb) to run`);
  names.sort();
  const wanted = only?.map((given) => {
    const name = basename(given, ".ipynb");
    const found = names.find((one) => one === name || one.replace(/^\d+_/, "") === name);
    if (found !== undefined) return found;
    throw new NotebookError(
      `${folder} holds no notebook "${name}": did you mean ${closest(name, names)}?`,
    );
  });
  const found = wanted === undefined ? names : names.filter((name) => wanted.includes(name));
  return found.map((name) => join(folder, `${name}.ipynb`));
}

/** Paths under the folder of results that are not as they should be, sorted. */
export interface ResultsDifference {
  /** There, but other bytes. */
  readonly different: readonly string[];
  /** Written by a notebook, but not there. */
  readonly missing: readonly string[];
  /** There, but written by no notebook. */
  readonly extra: readonly string[];
}

/**
 * Compares a folder with what was recomputed, byte for byte.
 *
 * @param assembled What should be there.
 * @param out The folder; it is only read.
 * @param all Whether all notebooks were run, so that whatever else is in the folder is extra.
 */
export async function compareResults(
  { files, gone }: AssembledResults,
  out: string,
  all: boolean,
): Promise<ResultsDifference> {
  const different: string[] = [];
  const missing: string[] = [];
  for (const [path, bytes] of files) {
    if (!await exists(join(out, path))) missing.push(path);
    else if (!sameBytes(await Deno.readFile(join(out, path)), bytes)) different.push(path);
  }
  const others = all ? await listFiles(out) : gone;
  const extra = others.filter((path) => !files.has(path));
  return { different: different.sort(), missing: missing.sort(), extra };
}

if (import.meta.main) {
  const stop = new AbortController();
  for (
    const signal of Deno.build.os === "windows"
      ? ["SIGINT"] as const
      : ["SIGINT", "SIGTERM"] as const
  ) {
    Deno.addSignalListener(signal, () => stop.abort(new Error("stopped")));
  }
  const outOfTime = new Promise<number>((resolve) =>
    stop.signal.addEventListener("abort", () => setTimeout(resolve, GRACE, STOPPED))
  );

  try {
    standWhereCalled();
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
}
