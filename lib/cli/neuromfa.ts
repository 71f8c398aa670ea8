/** `deno task neuromfa`: from the names of models to tables and figures. */
import { join } from "node:path";
import { analyzeModel } from "../runs/analyze_model.ts";
import { analyzeNodeFractalDimension } from "../runs/analyze_node_fractal_dimension.ts";
import { compareNodeFractalDimension } from "../runs/compare_node_fractal_dimension.ts";
import { drawNodeFractalDimension } from "../runs/draw_node_fractal_dimension.ts";
import { drawNodeFractalDimensionComparison } from "../runs/draw_node_fractal_dimension_comparison.ts";
import { describeTransfer } from "../checkpoints/hub/describe_transfer.ts";
import { readableBytes } from "../checkpoints/hub/readable.ts";
import { extractModel } from "../runs/extract_model.ts";
import { nameOfModel } from "../runs/model_networks.ts";
import { modelScores } from "../runs/model_scores.ts";
import type { RunAccess } from "../runs/open_selected_run.ts";
import { preprocessModel } from "../runs/preprocess_model.ts";
import { tablePaths } from "../runs/tables.ts";
import { visualizeModel } from "../runs/visualize_model.ts";
import { type Flags, optionsOfFlags, stepsOfFlags } from "./analysis_flags.ts";
import { COMMAND } from "./neuromfa_flags.ts";
import { helpText } from "./help_text.ts";
import { parseFlags } from "./parse_flags.ts";
import { emergenceLines } from "./print_emergence.ts";
import { startProgressBar } from "./progress_bar.ts";

/** Runs the command. */
async function main(args: readonly string[]): Promise<void> {
  const flags = parseFlags(COMMAND, args);
  if (flags === "help") return console.log(helpText(COMMAND));
  asked(flags); // A value that makes no sense is refused before anything is read or written.
  const models = await namesOfModels(flags);
  const does = (stage: Flags["stage"]) => flags.stage === stage || flags.stage === "all";
  for (const [name, model] of models) {
    if (does("extract")) await extract(name, model, flags);
    if (does("preprocess")) await preprocess(name, model, flags);
    if (does("analyze")) await analyze(name, model, flags);
    if (does("visualize")) await visualize(name, model, flags);
  }
  if (models.size > 1) {
    const { out } = flags;
    if (does("analyze")) {
      const { leftOut } = await compareNodeFractalDimension([...models.values()], { out });
      for (const { step, missing } of leftOut) {
        console.log(`step ${step} is not compared across models: ${missing.join(", ")} lack it`);
      }
      console.log(`wrote ${join(out, "nfd", "comparisons")}`);
    }
    if (does("visualize")) await drawNodeFractalDimensionComparison({ out });
  }
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
    (told) => extractModel(name, { ...asked(flags), ...told }),
  );
  const there = skipped > 0 ? `, ${skipped} were there` : "";
  console.log(`wrote ${written} networks to ${join(flags.networks, model)}${there}`);
}

async function preprocess(name: string, model: string, flags: Flags): Promise<void> {
  const { networks, nodes, edges, source } = await withBar(
    `checking ${model}`,
    (told) => preprocessModel(name, { ...asked(flags), ...told }),
  );
  console.log(`${networks} networks of ${model} from ${source}: ${nodes} nodes, ${edges} edges`);
}

async function analyze(name: string, model: string, flags: Flags): Promise<void> {
  const { emergence, skipped } = await withBar(
    `measuring ${model}`,
    (told) => analyzeModel(name, { ...asked(flags), ...told, out: flags.out }),
  );
  console.log(emergenceLines(model, emergence).join("\n"));
  const { emergence: path } = tablePaths(flags.out, model);
  console.log(skipped ? `${path} was there, of the same checkpoints and options` : `wrote ${path}`);
  const nodes = await withBar(
    `node fractal dimensions of ${model}`,
    (told) => analyzeNodeFractalDimension(name, { ...asked(flags), ...told, out: flags.out }),
  );
  const folder = join(flags.out, "nfd", model);
  console.log(
    nodes.skipped ? `${folder} was there, of the same checkpoints and options` : `wrote ${folder}`,
  );
}

async function visualize(name: string, model: string, flags: Flags): Promise<void> {
  const scores = await modelScores(name, model, flags);
  if (scores.length === 0) {
    console.log(
      `no scores of ${model} are known here, so E is drawn alone; --metrics or --evals names some`,
    );
  }
  for (const path of await visualizeModel(model, flags.out, scores)) {
    console.log(`wrote ${path}.svg and .png`);
  }
  await drawNodeFractalDimension(model, { out: flags.out });
  console.log(`wrote ${join(flags.out, "nfd", model, "figures")}`);
}

/** Whom stages tell how far they are. */
type Told = RunAccess & { readonly onNetwork: (done: number, total: number) => void };

/** What every stage that reads networks is told. */
function asked(flags: Flags) {
  return {
    options: optionsOfFlags(flags),
    store: flags.networks,
    steps: stepsOfFlags(flags),
    skipExisting: flags.skip_existing,
    allowDuplicates: flags.allow_duplicates,
  };
}

/** Warnings given; every stage opens the run anew, and is told again. */
const warned = new Set<string>();

/** Do something that tells how far it is, and show that on a bar. */
async function withBar<T>(label: string, work: (told: Told) => Promise<T>): Promise<T> {
  let bar: ReturnType<typeof startProgressBar> | undefined;
  let [done, total] = [0, 0];
  try {
    return await work({
      onNetwork(measured, all) {
        [done, total] = [measured, all];
        bar ??= startProgressBar(label, "networks", total);
        bar.update(done, "");
      },
      onWarning(warning) {
        if (warned.has(warning)) return;
        warned.add(warning);
        console.error(`warning: ${warning}`);
      },
      onTransfer: (plans) => console.error(`to be moved: ${describeTransfer(plans)}`),
      onProgress({ step, moved, planned }) {
        const text = `step ${step}: ${readableBytes(moved)} of ${readableBytes(planned)}`;
        bar ??= startProgressBar(label, "networks", total);
        bar.update(done, text);
      },
    });
  } finally {
    bar?.stop();
  }
}

try {
  await main(Deno.args);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  Deno.exitCode = 1;
}
