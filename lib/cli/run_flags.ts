/** What the flags of `deno task neuromfa` say of a run: which stages, steps and part of it, and by how many workers. */
import type { Shard } from "../runs/units/run_plan.ts";
import type { Flags } from "./analysis_flags.ts";
import { FlagError } from "./parse_flags.ts";

/**
 * The part of a run that is asked for, or `undefined` for all of it.
 *
 * @throws {FlagError} If it is none.
 */
export function shardOfFlags({ shard }: Flags): Shard | undefined {
  if (shard === undefined) return undefined;
  const [index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(shard) ?? []).slice(1).map(Number);
  if (count !== undefined && index! >= 1 && index! <= count) return { index: index!, count };
  throw new FlagError(`--shard must be a part such as 2/8, from 1/8 to 8/8, not "${shard}".`);
}

/** One thing that the command does with a model. */
export type Stage = "extract" | "preprocess" | "analyze" | "visualize";

/**
 * What is done with each model, in order.
 *
 * @throws {FlagError} If a stage makes no sense with another flag.
 */
export function stagesOfFlags({ stage, network, shard }: Flags): Stage[] {
  const all: Stage[] = ["extract", "preprocess", "analyze", "visualize"];
  if (shard !== undefined && stage !== "analyze") {
    throw new FlagError(`--shard is about --stage analyze, not ${stage}: leave one out.`);
  }
  if (network === "full" && (stage === "extract" || stage === "preprocess")) {
    throw new FlagError(`--stage ${stage} is about samples, and --network full takes none.`);
  }
  if (stage !== "all") return [stage as Stage];
  return network === "full" ? ["analyze", "visualize"] : all;
}

/** How many measure at once. */
export function workersOfFlags({ workers }: Flags): number | "auto" {
  return workers ?? "auto";
}

/** The steps asked for, or `undefined` for all. */
export function stepsOfFlags({ steps }: Flags): number[] | undefined {
  return steps?.map((text) => {
    if (/^\d{1,15}$/.test(text)) return Number(text);
    throw new FlagError(
      `--steps must be whole numbers of at most 15 digits separated by commas, but one is "${text}".`,
    );
  });
}
