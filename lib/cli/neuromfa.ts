/** `deno task neuromfa`: from the names of models to tables and figures. */
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { analyzeModel } from "../runs/analyze_model.ts";
import { tablePaths } from "../runs/tables.ts";
import { visualizeModel } from "../runs/visualize_model.ts";
import { helpText } from "./help_text.ts";
import { type FlagValues, parseFlags } from "./parse_flags.ts";
import { startProgressBar } from "./progress_bar.ts";

const COMMAND = {
  name: "deno task neuromfa",
  summary: "Measures the multifractal spectra and the degree of emergence of models over training.",
  flags: [
    {
      name: "models",
      type: "list",
      description: "models: suite:<name>, or a folder with a subfolder step<N> for each checkpoint",
      default: "suite:nano-64",
    },
    {
      name: "stage",
      type: "text",
      description: "analyze writes the tables, visualize draws figures from them, all does both",
      choices: ["analyze", "visualize", "all"],
      default: "all",
    },
    {
      name: "sample_num",
      type: "integer",
      description: "samples of each checkpoint",
      default: "10",
    },
    { name: "threshold", type: "number", description: "longest edge that counts", default: "150" },
    { name: "out", type: "text", description: "folder of the results", default: "results" },
  ],
} as const;

/** Runs the command. */
async function main(args: readonly string[]): Promise<void> {
  const flags = parseFlags(COMMAND, args);
  if (flags === "help") return console.log(helpText(COMMAND));
  const models = await modelNames(flags.models);
  for (const [name, model] of models) {
    if (flags.stage !== "visualize") await analyze(name, model, flags);
    if (flags.stage !== "analyze") {
      for (const path of await visualizeModel(model, flags.out)) {
        console.log(`wrote ${path}.svg and .png`);
      }
    }
  }
}

/** The models' names in tables by what was asked for; two that would write the same files are refused. */
async function modelNames(names: readonly string[]): Promise<Map<string, string>> {
  const models = new Map<string, string>();
  for (const name of names) {
    const { model } = await openRun(name);
    const taken = [...models].find(([, other]) => other === model);
    if (taken) {
      throw new Error(
        `${taken[0]} and ${name} are both named ${model} in tables; rename one folder`,
      );
    }
    models.set(name, model);
  }
  return models;
}

async function analyze(
  name: string,
  model: string,
  { sample_num, threshold, out }: FlagValues<typeof COMMAND.flags>,
): Promise<void> {
  let bar: ReturnType<typeof startProgressBar> | undefined;
  try {
    const { emergence } = await analyzeModel(name, {
      samples: sample_num,
      threshold,
      out,
      onNetwork(measured, total) {
        bar ??= startProgressBar(`measuring ${model}`, "networks", total);
        bar.update(measured, "");
      },
    });
    bar?.stop();
    printEmergence(model, emergence);
    console.log(`wrote ${tablePaths(out, model).emergence}`);
  } finally {
    bar?.stop();
  }
}

function printEmergence(model: string, rows: readonly EmergenceRow[]): void {
  const number = (value: number) => Number.isNaN(value) ? "–" : value.toFixed(4);
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => i === cells.length - 1 ? cell : cell.padStart(i === 0 ? 8 : 9)).join(
      " ",
    );
  console.log(`${model}: degree of emergence E with its 95 % interval`);
  console.log(line(["step", "alpha_0", "width", "E", "low", "high", "samples", "status"]));
  for (const { step, alpha_0, width, E, E_low, E_high, samples_kept, status } of rows) {
    const numbers = [alpha_0, width, E, E_low, E_high].map(number);
    console.log(line([`${step}`, ...numbers, `${samples_kept}`, status]));
  }
}

try {
  await main(Deno.args);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  Deno.exitCode = 1;
}
