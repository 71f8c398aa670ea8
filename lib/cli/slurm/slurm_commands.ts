/** `deno task neuromfa slurm` and its status, and what their flags say. */

import { OPTIONS } from "../../options/options.ts";
import { pick } from "../../options/read_options.ts";
import { MEASURE } from "../commands.ts";
import { argumentsOf, type Command } from "../parse_flags.ts";

/** The programs of Slurm that these commands start, from the user's PATH. */
export const SLURM_PROGRAMS = ["sbatch", "squeue", "sacct", "scancel"] as const;

/** One of {@linkcode SLURM_PROGRAMS}. */
export type SlurmProgram = typeof SLURM_PROGRAMS[number];

const { shard: _, plans: __, ...SAME } = MEASURE.options;

/** What is asked of the cluster; the other flags of {@linkcode SLURM} are those of measuring. */
export const CLUSTER = {
  name: "deno task neuromfa slurm",
  summary: "Submits a run to Slurm.",
  options: pick(OPTIONS, [
    ...["array", "partition", "time", "mem", "cpus", "account", "qos", "dryRun"] as const,
  ]),
} satisfies Command;

/** A run that is measured in parts by a cluster. */
export const SLURM = {
  name: CLUSTER.name,
  summary:
    "Submits a run to Slurm: an array of jobs that measure a part each, and one that merges them. " +
    "All flags of measuring are its own too. (slurm status --help is about a submitted run.)",
  options: { ...CLUSTER.options, ...SAME },
} satisfies Command;

/** What has become of it. */
export const SLURM_STATUS = {
  name: "deno task neuromfa slurm status",
  summary: "Says which parts of a submitted run are done, still run, failed or are missing.",
  options: pick(OPTIONS, ["out", "resubmit"]),
} satisfies Command;

/** The arguments of a command line of {@linkcode SLURM} that are about measuring, as they were typed. */
export function measureArguments(args: readonly string[]): string[] {
  return argumentsOf(SLURM, args, (option) => Object.hasOwn(SAME, option));
}
