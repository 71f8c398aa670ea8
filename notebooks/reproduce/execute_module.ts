/** Running a notebook's module in a process of its own, with few permissions. */

import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Collected, collectOutputs, decodeFrames, type Output } from "./collect_outputs.ts";
import { OFFLINE_RUN, startDeno } from "./deno_process.ts";
import type { NotebookModule } from "./notebook_module.ts";
import { NotebookError } from "./notebook.ts";

/** Models that notebooks read in place of their own. */
export interface NamedModels {
  /** `NEUROMFA_MODEL`. */
  readonly models: string;
  /** `NEUROMFA_STEPS`, empty for the usual ones. */
  readonly steps: string;
  /** Where scores are kept, and hosts that may be asked for those that are not: nothing unless a model is on the hub. */
  readonly scores: { readonly write: readonly string[]; readonly net: readonly string[] } | null;
}

/** Where a notebook writes, and who is told how far it is. */
export interface ExecuteOptions {
  /** Folder that the notebook may write to; it finds the path in the environment as `NEUROMFA_RESULTS`. */
  readonly results: string;
  /** The models that it reads in place of its own. */
  readonly models?: NamedModels | undefined;
  /** Called when a code cell starts, with its number from 1. */
  readonly onCell?: (cell: number) => void;
  /** Stops the notebook when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** Names of the variables that a notebook sees. */
const OWN_VARIABLES: readonly string[] = ["NEUROMFA_*"];

/** Names of the variables that say where the hub and scores are, and where both are kept. */
export const HUB_VARIABLES: readonly string[] = [
  ...[...OWN_VARIABLES, "XDG_CACHE_HOME", "HF_*", "HUGGING_FACE_HUB_TOKEN", "HOME", "USERPROFILE"],
];

/** Most characters that one cell's outputs may have; a page of larger ones opens slowly and loads half. */
const MOST_OUTPUT = 1_000_000;

/**
 * Runs a module cell by cell, the notebook's folder as working directory. It may read any file and write
 * under `results`; of the environment it sees `NEUROMFA_*` and little else; it starts no process,
 * and it has no network: it imports files, and packages and modules that are in Deno's cache. Of models on the hub it reads what
 * was brought before, and may ask for scores.
 *
 * @param module The module.
 * @param file Where its text was written to.
 * @returns The outputs of each code cell, and the models that its texts quote numbers of where it read others.
 * @throws {NotebookError} If a cell throws, ends the process, or shows more than a megabyte: naming file,
 * cell, its source and the message.
 */
export async function executeModule(
  module: NotebookModule,
  file: string,
  { results, models, onCell, signal }: ExecuteOptions,
): Promise<Pick<Collected, "outputs" | "about">> {
  if (results.includes(",")) {
    // Deno separates the paths of a permission by commas and has no way to write one.
    throw new NotebookError(`Choose a results folder without a comma in its path, not ${results}`);
  }
  const { write = [], net = [] } = models?.scores ?? {};
  const named = models && {
    NEUROMFA_MODEL: models.models,
    NEUROMFA_STEPS: models.steps,
    // What was not brought is not moved.
    ...models.scores && { HF_HUB_OFFLINE: "1" },
  };
  const mark = `\u001e${crypto.randomUUID()}`;
  const process = startDeno([
    ...[...OFFLINE_RUN, "--no-check"],
    ...[
      "--allow-read",
      `--allow-write=${[results, ...write].join(",")}`,
      `--allow-env=${[...models?.scores ? HUB_VARIABLES : OWN_VARIABLES, "NODE_NDEBUG"].join(",")}`, // the last for Danfo's frames
      ...net.length > 0 ? [`--allow-net=${net.join(",")}`] : [],
    ],
    fileURLToPath(import.meta.resolve("./run_cells.ts")),
    ...[pathToFileURL(file).href, mark],
  ], { cwd: dirname(module.notebook.path), env: { NEUROMFA_RESULTS: results, ...named }, signal });
  const [stdout, stderr, { code }] = await Promise.all([
    readWatching(process.stdout, mark, onCell),
    new Response(process.stderr).text(),
    process.status,
  ]);
  signal?.throwIfAborted();
  const told = [stdout, stderr].map((text) => decodeFrames(text, mark));
  const collected = collectOutputs(module.sources.length, told[0]!, told[1]!);
  if (collected.end.kind !== "done") {
    const last = told[1]!.at(-1)!.printed;
    throw new NotebookError(describeEnd(module, file, collected, `code ${code}\n${last}`));
  }
  collected.outputs.forEach((outputs, i) => refuseLarge(module, i + 1, outputs));
  return collected;
}

/** All text of a stream, each start of a cell told when it comes. */
async function readWatching(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  mark: string,
  onCell: ExecuteOptions["onCell"],
): Promise<string> {
  const opening = `${mark}{"kind":"start","cell":`;
  let [text, from] = ["", 0];
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    let at: number;
    while ((at = text.indexOf(opening, from)) >= 0 && text.includes("\n", at)) {
      from = at + opening.length;
      onCell?.(parseInt(text.slice(from, from + 16)));
    }
  }
  return text;
}

/** What went wrong in which cell. */
function describeEnd(
  { notebook, sources, origins }: NotebookModule,
  file: string,
  { reached, end }: Collected,
  stopped: string,
): string {
  const message = end.kind === "error" ? end.message : `the process stopped with ${stopped.trim()}`;
  if (reached === 0) return `${notebook.path}, before its first cell (an import): ${message}`;
  const stack = end.kind === "error" ? end.stack : "";
  const frame = stack.split("\n").find((line) => line.includes(pathToFileURL(file).href));
  const line = origins[Number(frame?.match(/:(\d+):\d+\)?$/)?.[1]) - 1]?.line;
  const place = `${notebook.path}, code cell ${reached}${
    line === undefined ? "" : `, line ${line}`
  }`;
  const source = sources[reached - 1]!.trimEnd().split("\n").map((line) => `    ${line}`);
  return `${place}: ${message}\n${source.join("\n")}`;
}

function refuseLarge({ notebook }: NotebookModule, cell: number, outputs: readonly Output[]): void {
  const size = JSON.stringify(outputs).length;
  if (size <= MOST_OUTPUT) return;
  throw new NotebookError(
    `${notebook.path}, code cell ${cell}: its outputs take ${size} characters, more than ${MOST_OUTPUT}; ` +
      "show fewer marks or rows",
  );
}
