/** `deno task neuromfa`: from the names of models to tables and figures. */
import { join } from "node:path";
import { isFull } from "../runs/full_analysis_options.ts";
import { compareNodeFractalDimension } from "../runs/compare_node_fractal_dimension.ts";
import { drawNodeFractalDimension } from "../runs/draw_node_fractal_dimension.ts";
import { drawNodeFractalDimensionComparison } from "../runs/draw_node_fractal_dimension_comparison.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { checkWritable } from "../files/check_writable.ts";
import { extractModel } from "../runs/extract_model.ts";
import { nameOfModel } from "../runs/model_networks.ts";
import { mergeRuns } from "../runs/merge_runs.ts";
import { modelScores } from "../runs/model_scores.ts";
import { preprocessModel } from "../runs/preprocess_model.ts";
import { analyzeRun } from "../runs/units/analyze_run.ts";
import { correlationsPath, visualizeModel } from "../runs/visualize_model.ts";
import { type Flags, optionsOfFlags } from "./analysis_flags.ts";
import { shardOfFlags, stagesOfFlags, stepsOfFlags, workersOfFlags } from "./run_flags.ts";
import { COMMAND, MERGE } from "./neuromfa_flags.ts";
import { helpText } from "./help_text.ts";
import { parseFlags } from "./parse_flags.ts";
import { shardLine, stoppedLine, tableLines } from "./run_lines.ts";
import { withBar } from "./with_bar.ts";
import { printableLines } from "../messages/printable.ts";

/** Runs the command. */
async function main(args: readonly string[]): Promise<void> {
  if (args[0] === "merge") return await merge(args.slice(1));
  const flags = parseFlags(COMMAND, args);
  if (flags === "help") return console.log(helpText(COMMAND));
  // A value that makes no sense is refused before anything is read or written.
  optionsOfFlags(flags);
  stepsOfFlags(flags);
  workersOfFlags(flags);
  const shard = shardOfFlags(flags);
  const stages = stagesOfFlags(flags);
  const models = await namesOfModels(flags);
  await checkWritable(flags.stage === "extract" ? flags.networks : flags.out);
  for (const [name, model] of models) {
    if (stages.includes("extract")) await extract(name, model, flags);
    if (stages.includes("preprocess")) await preprocess(name, model, flags);
    if (stages.includes("analyze")) await analyze(name, model, flags);
    if (stages.includes("visualize")) await visualize(name, model, flags);
  }
  if (models.size > 1 && shard === undefined) {
    const { out } = flags;
    if (stages.includes("analyze")) {
      const { leftOut } = await compareNodeFractalDimension([...models.values()], { out });
      for (const { step, missing } of leftOut) {
        console.log(`step ${step} is not compared across models: ${missing.join(", ")} lack it`);
      }
      console.log(`wrote ${join(out, "nfd", "comparisons")}`);
    }
    if (stages.includes("visualize")) await drawNodeFractalDimensionComparison({ out });
  }
}

/** Puts parts of runs together. */
async function merge(args: readonly string[]): Promise<void> {
  const flags = parseFlags(MERGE, args);
  if (flags === "help") return console.log(helpText(MERGE));
  const { out, models, keep_units: keepUnits } = flags;
  await checkWritable(out);
  const merged = await mergeRuns({ from: flags.from ?? [out], out, models, keepUnits });
  for (const run of merged) console.log(tableLines(run, out).join("\n"));
  if (merged.length > 1) console.log(`wrote ${join(out, "nfd", "comparisons")}`);
}

/** The models' names in tables by what was asked for; two that would write the same files are refused. */
async function namesOfModels({ models, networks }: Flags): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const name of models) {
    const model = await nameOfModel(name, networks);
    const taken = [...names].find(([, other]) => other === model);
    if (taken) {
      throw new Error(
        `${taken[0]} and ${name} are both named ${model} in tables; rename one folder`,
      );
    }
    names.set(name, model);
  }
  return names;
}

async function extract(name: string, model: string, flags: Flags): Promise<void> {
  const { written, skipped } = await withBar(
    `extracting ${model}`,
    "networks",
    (told) => extractModel(name, { ...asked(flags), ...told }),
  );
  const there = skipped > 0 ? `, ${skipped} were there` : "";
  console.log(`wrote ${written} networks to ${join(flags.networks, model)}${there}`);
}

async function preprocess(name: string, model: string, flags: Flags): Promise<void> {
  const { networks, nodes, edges, source } = await withBar(
    `checking ${model}`,
    "networks",
    (told) => preprocessModel(name, { ...asked(flags), ...told }),
  );
  console.log(`${networks} networks of ${model} from ${source}: ${nodes} nodes, ${edges} edges`);
}

async function analyze(name: string, model: string, flags: Flags): Promise<void> {
  const { out, skip_existing: skipExisting, keep_units: keepUnits } = flags;
  const options = optionsOfFlags(flags);
  const shard = shardOfFlags(flags);
  unfinished = { model, out };
  const run = await withBar(
    `measuring ${model}`,
    isFull(options) ? "layers" : "networks",
    (told) =>
      analyzeRun(name, { emergence: options, nodes: options }, {
        ...told,
        ...{ out, skipExisting, keepUnits, shard, signal: stop.signal },
        store: flags.networks,
        steps: stepsOfFlags(flags),
        allowDuplicates: flags.allow_duplicates,
        workers: workersOfFlags(flags),
      }),
  );
  unfinished = null;
  // Tables that are there leave no part to be measured.
  if (shard === undefined || run.emergence !== null) console.log(tableLines(run, out).join("\n"));
  else console.log(shardLine(shard, run, out));
}

async function visualize(name: string, model: string, flags: Flags): Promise<void> {
  // Of stored networks alone there are no checkpoints to open, but scores may lie beside them.
  const run = await openRun(name).catch(() => ({ model, source: join(flags.networks, model) }));
  const { metrics, evals } = flags;
  const scores = await modelScores(run, { metrics, evals });
  if (scores.length === 0) {
    console.log(
      `no scores of ${model} are known here, so E is drawn alone; --metrics or --evals names some`,
    );
  }
  for (const path of await visualizeModel(model, flags.out, scores)) {
    console.log(`wrote ${path}.svg and .png`);
  }
  if (scores.length > 0) console.log(`wrote ${correlationsPath(flags.out, model)}`);
  await drawNodeFractalDimension(model, { out: flags.out });
  console.log(`wrote ${join(flags.out, "nfd", model, "figures")}`);
}

/** What every stage that reads networks is told. */
function asked(flags: Flags) {
  const options = optionsOfFlags(flags);
  // No stage that samples is run for full networks.
  if (isFull(options)) throw new Error("the full network is not sampled");
  return {
    options,
    store: flags.networks,
    steps: stepsOfFlags(flags),
    skipExisting: flags.skip_existing,
    allowDuplicates: flags.allow_duplicates,
  };
}

/** Ends the work at a signal. */
const stop = new AbortController();
/** The run that is being measured, whose units stay. */
let unfinished: { readonly model: string; readonly out: string } | null = null;

const stopped = new Promise<never>((_, reject) =>
  stop.signal.addEventListener("abort", () => reject(stop.signal.reason))
);
for (
  const signal of Deno.build.os === "windows" ? ["SIGINT"] as const : ["SIGINT", "SIGTERM"] as const
) {
  Deno.addSignalListener(signal, () => stop.abort(new Error("stopped")));
}

try {
  await Promise.race([main(Deno.args), stopped]);
  Deno.exit();
} catch (error) {
  if (stop.signal.aborted) {
    // Every file is whole at any moment, so nothing has to be waited for.
    console.error(unfinished === null ? "stopped" : stoppedLine(unfinished));
    Deno.exit(130);
  }
  if (!(error instanceof Error)) throw error;
  console.error(printableLines(error.message));
  Deno.exit(1);
}
