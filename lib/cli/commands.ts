/** The commands of `deno task neuromfa`, and what their flags say together. */

import { integer, names, text } from "../options/option.ts";
import { OPTIONS, SAMPLES_OR_AUTO } from "../options/options.ts";
import { pick, type ReadOptions } from "../options/read_options.ts";
import type { Stage } from "../options/running_options.ts";
import {
  ANALYSIS_OPTIONS,
  type AnalysisOptions,
  analysisOptions,
} from "../runs/analysis_options.ts";
import { type Command, type CommandLine, FlagError, flagName } from "./parse_flags.ts";

/** From models to tables and figures. */
export const MEASURE = {
  name: "deno task neuromfa",
  summary:
    "Measures the multifractal spectra and the degree of emergence of models over training. " +
    "(merge --help is about the parts of a run, slurm --help about a cluster.)",
  options: pick({ ...OPTIONS, samples: SAMPLES_OR_AUTO }, [
    ...["models", "stage", "steps", "samples", "margin", "mostSamples"] as const,
    ...["layerSample", "threshold", "nfdThreshold"] as const,
    ...["digits", "q", "convention", "alpha0", "qkv", "edges", "distance", "pathLayers"] as const,
    ...["weights", "layers", "roles", "filterMode", "filterTolerance", "network", "radii"] as const,
    ...["null", "nullDraws", "nullSeed", "baseline", "stepsPattern", "metrics", "evals"] as const,
    ...["shots"] as const,
    ...["allowDuplicates", "allowUnrelated", "strict", "architecture", "part"] as const,
    ...["skipExisting"] as const,
    ...["transfer"] as const,
    ...["workers", "shard", "plans"] as const,
    ...["keepUnits", "format", "out", "networks"] as const,
    ...["figureWidth", "noTitle", "noCaption", "font", "pdf"] as const,
  ]),
} satisfies Command;

/** Tables from what several machines have measured. */
export const MERGE = {
  name: "deno task neuromfa merge",
  summary: "Puts together what was measured with --shard, and writes the tables.",
  options: {
    ...pick(OPTIONS, ["from", "keepUnits", "format", "out"]),
    models: names({
      help: "names of the models in tables",
      otherwise: "all that were measured there",
    }),
  },
} satisfies Command;

/** What a model's network was recognised as. */
export const DESCRIBE = {
  name: "deno task neuromfa describe",
  summary:
    "Prints the network of a model as a JSON file for --architecture, with the place of every tensor: describe MODEL.",
  options: {
    model: text({ help: "as --models; the word after describe means the same" }),
    step: integer({
      ...{ min: 0, max: Number.MAX_SAFE_INTEGER },
      help: "training step of the checkpoint",
      otherwise: "the first",
    }),
    ...pick(OPTIONS, ["weights", "architecture", "part", "stepsPattern"]),
  },
} satisfies Command;

/** The arguments after `describe`, with the flag of the model before its name where it has none. */
export function describeArguments(args: readonly string[]): string[] {
  const [first] = args;
  return first === undefined || first.startsWith("--") ? [...args] : ["--model", ...args];
}

/** What a command line of {@linkcode MEASURE} says. */
export type MeasureLine = CommandLine<typeof MEASURE.options>;

/** The values of all flags of {@linkcode MEASURE}. */
export type MeasureValues = ReadOptions<typeof MEASURE.options>;

/**
 * The options of an analysis that a command line asks for.
 *
 * @param samples How many samples `auto` has come to; until that is known it stands for the usual number.
 */
export function analysisOf(
  { given }: Pick<MeasureLine, "given">,
  samples: number = OPTIONS.samples.default,
): AnalysisOptions {
  const chosen = given.samples === "auto" ? { ...given, samples } : given;
  const own = Object.entries(chosen).filter(([name]) => Object.hasOwn(ANALYSIS_OPTIONS, name));
  try {
    return analysisOptions(Object.fromEntries(own), MEASURE.name, (name) => `--${flagName(name)}`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new FlagError(error.message);
  }
}

/** What is done with each model, in order. */
export function stagesOf(
  { stage, network, shard, samples, plans }: Pick<
    MeasureValues,
    "stage" | "network" | "shard" | "samples" | "plans"
  >,
): Exclude<Stage, "all">[] {
  if (
    samples === "auto" && (shard !== undefined || (stage !== "analyze" && stage !== "visualize"))
  ) {
    throw new FlagError(
      `--samples auto is about --stage analyze of a whole run: with ${
        shard === undefined ? `--stage ${stage}` : "--shard"
      } give a number`,
    );
  }
  if (plans !== undefined && shard === undefined) {
    throw new FlagError("--plans is about one part of a run: give --shard, or leave it out");
  }
  if (shard !== undefined && stage !== "analyze") {
    throw new FlagError(`--shard is about --stage analyze, not ${stage}: leave one out`);
  }
  if (network === "full" && (stage === "extract" || stage === "preprocess")) {
    throw new FlagError(`--stage ${stage} is about samples, and --network full takes none`);
  }
  if (stage !== "all") return [stage];
  return network === "full"
    ? ["analyze", "visualize"]
    : ["extract", "preprocess", "analyze", "visualize"];
}
