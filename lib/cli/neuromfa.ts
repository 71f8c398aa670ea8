/** The work of `deno task neuromfa`, from the names of models to tables and figures: a worker that launch.ts starts. */

import { join } from "node:path";
import { describe } from "../architectures/describe.ts";
import { isFull } from "../runs/analysis_options.ts";
import { givenArchitecture } from "../runs/given_architecture.ts";
import { compareNfd } from "../runs/nfd/compare_nfd.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { extractModel, preprocessModel } from "../runs/store/extract_model.ts";
import { mergeRuns } from "../runs/merge_runs.ts";
import { modelScores } from "../runs/model_scores.ts";
import { endClaims } from "../files/claim.ts";
import { unitsFolder } from "../runs/units/unit_store.ts";
import { enoughSamples } from "../runs/enough_samples.ts";
import { analyzeRun } from "../runs/units/analyze_run.ts";
import type { AnalyzedRun } from "../runs/units/write_tables.ts";
import {
  analysisOf,
  DESCRIBE,
  describeArguments,
  MEASURE,
  type MeasureLine,
  MERGE,
  stagesOf,
} from "./commands.ts";
import { namesOfModels } from "./names_of_models.ts";
import { argumentsOf, flagName, parseFlags } from "./parse_flags.ts";
import { recordOf, RERUN, rerunArguments } from "./rerun_command.ts";
import { commandLine } from "./shell_word.ts";
import { rerunLines, shardLine, stoppedLine, tableLines } from "./run_lines.ts";
import { leaveBars, withBar } from "./progress_bar.ts";
import { printableLines } from "../messages/shown.ts";
import type { WorkOrder, WorkReport } from "./confined_worker.ts";

/** What a worker has of the global scope of its own. */
declare const self: {
  onmessage: ((event: MessageEvent<WorkOrder>) => void) | null;
  postMessage(report: WorkReport): void;
};

/** Runs the command; returns its exit code where it is not 0. */
async function main(args: readonly string[]): Promise<number | void> {
  if (args[0] === "merge") return await merge(args.slice(1));
  if (args[0] === "describe") return await describeModel(args.slice(1));
  if (args[0] === "slurm") return await slurm(args.slice(1));
  if (args[0] === "rerun") return await repeat(args.slice(1));
  if (args[0] === "watch") {
    const { watch } = await import("./watch.ts");
    return await watch(args.slice(1), {
      signal: stop.signal,
      onUnfinished: (line, folder) => self.postMessage({ kind: "unfinished", line, folder }),
    });
  }
  const line = parseFlags(MEASURE, args);
  if (line === "help") return;
  // Options that contradict each other are refused before anything is read or written.
  analysisOf(line);
  const stages = stagesOf(line.values);
  const models = await namesOfModels(line.values);
  const work = { extract, preprocess, analyze, visualize };
  for (const [name, model] of models) {
    for (const stage of stages) await work[stage](name, model, line, args);
  }
  const { out, shard } = line.values;
  if (models.size > 1 && shard === undefined) {
    if (stages.includes("analyze")) {
      const { leftOut } = await compareNfd([...models.values()], { out });
      for (const { step, missing } of leftOut) {
        console.log(`step ${step} is not compared across models: ${missing.join(", ")} lack it`);
      }
      console.log(`wrote ${join(out, "nfd", "comparisons")}`);
    }
    if (stages.includes("visualize")) {
      const { drawNfdComparison } = await drawing();
      await drawNfdComparison({ out, ...lookOf(line) });
    }
  }
}

/** Prints a model's network as data. */
async function describeModel(args: readonly string[]): Promise<void> {
  const line = parseFlags(DESCRIBE, describeArguments(args));
  if (line === "help") return;
  const { model, step, part, architecture, weights, stepsPattern } = line.values;
  if (model === undefined) {
    throw new Error("describe needs a model: deno task neuromfa describe suite:nano-64");
  }
  const run = await openRun(model, { weights, stepsPattern });
  const checkpoint = await run.checkpoint(step ?? run.steps[0]!);
  const given = givenArchitecture(architecture, "--architecture");
  console.log(JSON.stringify(describe(checkpoint, { part, architecture: given }), null, 2));
}

/** Submits a run to Slurm, or says what has become of it. */
async function slurm(args: readonly string[]): Promise<number | void> {
  if (args[0] === "status") {
    return await (await import("./slurm/slurm_status.ts")).slurmStatus(args.slice(1));
  }
  await (await import("./slurm/submit.ts")).submitRun(args);
}

/** Repeats a run, and says whether it gives the same tables. */
async function repeat(args: readonly string[]): Promise<void> {
  const line = parseFlags(RERUN, rerunArguments(args));
  if (line === "help") return;
  const { out, model: name, workers = "auto" } = line.values;
  const { rerun } = await import("../runs/rerun.ts");
  const repeated = await withBar(
    "repeating the run",
    "units",
    (listeners) =>
      rerun(recordOf(line.values), {
        ...{ ...listeners, out: out!, name, workers, signal: stop.signal },
        command: commandLine(["rerun", ...args]),
      }),
  );
  const { notes, verdict } = rerunLines(repeated);
  for (const note of notes) console.log(note);
  if (repeated.different.length > 0) throw new Error(verdict);
  console.log(verdict);
}

/** Puts parts of runs together. */
async function merge(args: readonly string[]): Promise<void> {
  const line = parseFlags(MERGE, args);
  if (line === "help") return;
  const { out, from = [out], models, keepUnits, format } = line.values;
  const merged = await mergeRuns({ from, out, models, keepUnits });
  for (const run of merged) {
    console.log(tableLines(run, out).join("\n"));
    await saveAs(format, run, out);
  }
  if (merged.length > 1) console.log(`wrote ${join(out, "nfd", "comparisons")}`);
}

/** Writes the tables of a run in another form too, where that is asked for. */
async function saveAs(
  format: "csv" | "parquet",
  { plan: { model }, emergence }: AnalyzedRun,
  out: string,
): Promise<void> {
  if (format === "csv" || emergence === null) return;
  const { saveParquetTables } = await import("../runs/parquet_tables.ts");
  for (const path of await saveParquetTables(out, model)) console.log(`wrote ${path}`);
}

async function extract(name: string, model: string, line: MeasureLine): Promise<void> {
  const { written, skipped } = await withBar(
    `extracting ${model}`,
    "networks",
    (listeners) => extractModel(name, { ...storeOptions(line), ...listeners }),
  );
  const there = skipped > 0 ? `, ${skipped} were there` : "";
  console.log(`wrote ${written} networks to ${join(line.values.networks, model)}${there}`);
}

async function preprocess(name: string, model: string, line: MeasureLine): Promise<void> {
  const { networks, nodes, edges, source } = await withBar(
    `checking ${model}`,
    "networks",
    (listeners) => preprocessModel(name, { ...storeOptions(line), ...listeners }),
  );
  console.log(`${networks} networks of ${model} from ${source}: ${nodes} nodes, ${edges} edges`);
}

async function analyze(
  name: string,
  model: string,
  line: MeasureLine,
  args: readonly string[],
): Promise<void> {
  const { out, shard, networks: store, workers = "auto", ...values } = line.values;
  const { skipExisting, keepUnits, steps, allowDuplicates, allowUnrelated, strict } = values;
  const { stepsPattern, transfer, plans } = values;
  const folder = unitsFolder(out, model), { signal } = stop;
  const allowed = { allowDuplicates, allowUnrelated, strict };
  const place = {
    ...{ out, store, skipExisting, keepUnits, shard, steps, ...allowed, workers },
    ...{ stepsPattern, transfer, plans },
    // Parts of one run have one record.
    command: commandLine(argumentsOf(MEASURE, args, (option) => option !== "shard")),
  };
  const unknown = analysisOf(line);
  let options = unknown;
  if (values.samples === "auto" && !isFull(unknown)) {
    const { samples, words } = await withBar(
      `choosing samples of ${model}`,
      "networks",
      ({ onWarning: _, ...listeners }) =>
        enoughSamples(name, unknown, { ...listeners, ...place, signal }, values),
    );
    console.log(`${model}: ${words}`);
    options = analysisOf(line, samples);
  }
  self.postMessage({ kind: "unfinished", line: stoppedLine(model, folder), folder });
  const run = await withBar(
    `measuring ${model}`,
    isFull(options) ? "layers" : "networks",
    (listeners) => analyzeRun(name, { options }, { ...listeners, ...place, signal }),
  );
  self.postMessage({ kind: "unfinished", line: null, folder: null });
  // Tables that are there leave no part to be measured.
  if (shard === undefined || run.emergence !== null) {
    console.log(tableLines(run, out).join("\n"));
    await saveAs(values.format, run, out);
  } else console.log(shardLine(shard, run, out));
}

async function visualize(name: string, model: string, line: MeasureLine): Promise<void> {
  // Of stored networks alone there are no checkpoints to open, but scores may lie beside them.
  const { metrics, evals, shots, out, networks, stepsPattern, weights } = line.values;
  const run = await openRun(name, { stepsPattern, weights }).catch(() => ({
    model,
    source: join(networks, model),
  }));
  const onWarning = (warning: string) => console.error(printableLines(`warning: ${warning}`));
  const scores = await modelScores(run, { metrics, evals, shots, stepsPattern, onWarning });
  if (scores.length === 0) {
    console.log(
      `no scores of ${model} are known here, so E is drawn alone; --metrics or --evals names some`,
    );
  }
  const { correlationsPath, drawNfd, texPath, visualizeModel } = await drawing();
  const look = lookOf(line);
  const paths = await withBar(
    `drawing ${model}`,
    "pieces",
    ({ onNetwork }) => visualizeModel(model, out, scores, { onProgress: onNetwork, ...look }),
  );
  const kinds = look.pdf ? ".svg, .png and .pdf" : ".svg and .png";
  for (const path of paths) console.log(`wrote ${path}${kinds}`);
  if (look.pdf) console.log(`wrote ${texPath(out, model)}`);
  if (scores.length > 0) console.log(`wrote ${correlationsPath(out, model)}`);
  await drawNfd(model, { out, ...look });
  console.log(`wrote ${join(out, "nfd", model, "figures")}`);
}

/** How figures are to look. */
function lookOf({ values }: MeasureLine) {
  const { figureWidth, noTitle, noCaption, font, pdf } = values;
  return { ...figureWidth !== undefined && { figureWidth }, noTitle, noCaption, font, pdf };
}

/** What draws figures, which takes a while to load and most commands do not need. */
async function drawing() {
  return {
    ...await import("../runs/visualize_model.ts"),
    ...await import("../runs/nfd/draw_nfd.ts"),
  };
}

/** What every stage that keeps or reads networks needs. */
function storeOptions(line: MeasureLine) {
  const { networks: store, steps, skipExisting, stepsPattern, transfer } = line.values;
  const { allowDuplicates, allowUnrelated, strict } = line.values;
  const options = analysisOf(line);
  // No stage that samples is run for full networks.
  if (isFull(options)) throw new Error("the full network is not sampled");
  const { baseline } = options;
  const allowed = { allowDuplicates, allowUnrelated, strict };
  return { options, store, steps, skipExisting, ...allowed, stepsPattern, transfer, baseline };
}

/** A message of the library with its options under the names of their flags, but for names in paths. */
function inFlags(message: string): string {
  const names = Object.keys(MEASURE.options).filter((name) => /[A-Z]/.test(name)).join("|");
  return message.replace(new RegExp(`(?<![/\\w.-])(${names})(?![/\\w.-]| \\()`, "g"), flagName);
}

/** Ends the work at a signal. */
const stop = new AbortController();

self.onmessage = async ({ data: order }) => {
  if (order.kind === "stop") {
    leaveBars();
    return stop.abort(new Error("stopped"));
  }
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  stop.signal.addEventListener("abort", () => reject(stop.signal.reason));
  try {
    const code = await Promise.race([main(order.args), stopped]);
    self.postMessage({ kind: "ended", code: code ?? 0 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Of a stop the launcher tells.
    if (!stop.signal.aborted) console.error(printableLines(inFlags(error.message)));
    endClaims();
    self.postMessage({ kind: "ended", code: 1 });
  }
};
