/** The work of `deno task neuromfa`, from the names of models to tables and figures: a worker that launch.ts starts. */
import { join } from "node:path";
import { isFull } from "../runs/full_analysis_options.ts";
import { compareNodeFractalDimension } from "../runs/compare_node_fractal_dimension.ts";
import { drawNodeFractalDimension } from "../runs/draw_node_fractal_dimension.ts";
import { drawNodeFractalDimensionComparison } from "../runs/draw_node_fractal_dimension_comparison.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { extractModel } from "../runs/extract_model.ts";
import { nameOfModel } from "../runs/model_networks.ts";
import { mergeRuns } from "../runs/merge_runs.ts";
import { modelScores } from "../runs/model_scores.ts";
import { preprocessModel } from "../runs/preprocess_model.ts";
import { endClaims } from "../runs/units/claim.ts";
import { unitsFolder } from "../runs/units/unit_store.ts";
import { analyzeRun } from "../runs/units/analyze_run.ts";
import { correlationsPath, visualizeModel } from "../runs/visualize_model.ts";
import { type Flags, optionsOfFlags } from "./analysis_flags.ts";
import { shardOfFlags, stagesOfFlags, stepsOfFlags, workersOfFlags } from "./run_flags.ts";
import { COMMAND, MERGE } from "./neuromfa_flags.ts";
import { parseFlags } from "./parse_flags.ts";
import { shardLine, stoppedLine, tableLines } from "./run_lines.ts";
import { withBar } from "./with_bar.ts";
import { printableLines } from "../messages/printable.ts";
import type { WorkOrder, WorkReport } from "./work_messages.ts";

/** What a worker has of the global scope of its own. */
declare const self: {
  onmessage: ((event: MessageEvent<WorkOrder>) => void) | null;
  postMessage(report: WorkReport): void;
};

/** Runs the command. */
async function main(args: readonly string[]): Promise<void> {
  if (args[0] === "merge") return await merge(args.slice(1));
  const flags = parseFlags(COMMAND, args);
  if (flags === "help") return;
  // A value that makes no sense is refused before anything is read or written.
  optionsOfFlags(flags);
  stepsOfFlags(flags);
  workersOfFlags(flags);
  const shard = shardOfFlags(flags);
  const stages = stagesOfFlags(flags);
  const models = await namesOfModels(flags);
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
  if (flags === "help") return;
  const { out, models, keep_units: keepUnits } = flags;
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
  self.postMessage({
    kind: "unfinished",
    line: stoppedLine({ model, out }),
    folder: unitsFolder(out, model),
  });
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
  self.postMessage({ kind: "unfinished", line: null, folder: null });
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
  const paths = await withBar(
    `drawing ${model}`,
    "pieces",
    ({ onNetwork }) => visualizeModel(model, flags.out, scores, { onProgress: onNetwork }),
  );
  for (const path of paths) {
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

self.onmessage = async ({ data: order }) => {
  if (order.kind === "stop") return stop.abort(new Error("stopped"));
  try {
    await Promise.race([
      main(order.args),
      new Promise<never>((_, reject) =>
        stop.signal.addEventListener("abort", () => reject(stop.signal.reason))
      ),
    ]);
    self.postMessage({ kind: "ended", code: 0 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Of a stop the launcher tells.
    if (!stop.signal.aborted) console.error(printableLines(error.message));
    endClaims();
    self.postMessage({ kind: "ended", code: 1 });
  }
};
