/** The scripts of jobs, and what sbatch is told of them. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import project from "../../../deno.json" with { type: "json" };
import type { ReadOptions } from "../../options/read_options.ts";
import { plainName } from "../../files/plain_name.ts";
import { shellWord } from "../shell_word.ts";
import type { SLURM } from "./slurm_commands.ts";

/** What is asked of the cluster. */
export type ClusterValues = Pick<
  ReadOptions<typeof SLURM.options>,
  "array" | "partition" | "time" | "mem" | "cpus" | "account" | "qos"
>;

/** Where the files of a submission lie under a folder of results. */
export function slurmFolder(
  out: string,
): Record<"folder" | "plans" | "job" | "merge" | "record", string> {
  const folder = join(out, "slurm");
  return {
    folder,
    plans: join(folder, "plans"),
    job: join(folder, "job.sh"),
    merge: join(folder, "merge.sh"),
    record: join(folder, "slurm.json"),
  };
}

/** The script of an array of jobs that measure one of `count` parts each. */
export function jobScript(
  args: readonly string[],
  { count, plans, cluster, folder }: {
    readonly count: number;
    readonly plans: string;
    readonly cluster: ClusterValues;
    /** The folder that relative paths in the arguments start from. */
    readonly folder: string;
  },
): string {
  const { partition, time, mem, cpus, account, qos } = cluster;
  const atOnce = cluster.array.atOnce === undefined ? "" : `%${cluster.array.atOnce}`;
  const workers = args.some((arg) => /^--workers(=|$)/.test(arg)) ? [] : ["--workers", `${cpus}`];
  const words = [...commandWords(), ...args, ...workers, "--plans", plans].map(shellWord);
  return script(
    `one of ${count} parts of a run`,
    {
      "job-name": "neuromfa",
      array: `1-${count}${atOnce}`,
      ...{ partition, time, mem, account, qos },
      "cpus-per-task": `${cpus}`,
      // A shell would keep the signal to itself, so the command takes its place.
      ...{ requeue: true, "open-mode": "append" },
    },
    folder,
    `${words.join(" ")} --shard "$SLURM_ARRAY_TASK_ID/${count}"`,
  );
}

/** The script of the job that merges all parts. */
export function mergeScript(
  { out, models, keepUnits, format, cluster, folder }: {
    readonly out: string;
    readonly models: readonly string[];
    readonly keepUnits: boolean;
    readonly format: "csv" | "parquet";
    readonly cluster: ClusterValues;
    readonly folder: string;
  },
): string {
  const { partition, time, mem, account, qos } = cluster;
  const named = models.map((model) => plainName(model, "the model's name")).join(",");
  const words = [
    ...[...commandWords(), "merge", "--out", out, "--models", named],
    ...keepUnits ? ["--keep_units"] : [],
    ...format === "csv" ? [] : ["--format", format],
  ];
  return script(
    "puts the parts of a run together",
    {
      "job-name": "neuromfa-merge",
      ...{ partition, time, mem, account, qos },
      ...{ requeue: true, "open-mode": "append" },
    },
    folder,
    words.map(shellWord).join(" "),
  );
}

/** What sbatch is told besides: what holds paths, and what is known only now. */
export function sbatchArguments(
  { script, log, array, after = [] }: {
    readonly script: string;
    readonly log: string;
    /** The parts to submit, all unless given. */
    readonly array?: string | undefined;
    /** Jobs that must have succeeded before. */
    readonly after?: readonly string[];
  },
): string[] {
  return [
    "--parsable",
    ...array === undefined ? [] : [`--array=${array}`],
    ...after.length === 0
      ? []
      : [`--dependency=afterok:${after.join(":")}`, "--kill-on-invalid-dep=yes"],
    // A percent sign begins a pattern there.
    `--output=${log}`,
    script,
  ];
}

/** Where the jobs' lines go: a file for each part, and one for merging. */
export function logPaths(out: string): Record<"part" | "merge", string> {
  const folder = slurmFolder(out).folder.replaceAll("%", "%%");
  return { part: join(folder, "part-%a.log"), merge: join(folder, "merge.log") };
}

/** Numbers in the words of sbatch: `2,5-9`. */
export function arrayWords(parts: readonly number[], atOnce?: number): string {
  const ranges: [first: number, last: number][] = [];
  for (const part of parts) {
    const range = ranges.at(-1);
    if (range?.[1] === part - 1) range[1] = part;
    else ranges.push([part, part]);
  }
  const words = ranges.map(([first, last]) => first === last ? `${first}` : `${first}-${last}`);
  return `${words.join(",")}${atOnce === undefined ? "" : `%${atOnce}`}`;
}

function script(
  what: string,
  options: Readonly<Record<string, string | true | undefined>>,
  folder: string,
  command: string,
): string {
  const lines = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`#SBATCH --${name}${value === true ? "" : `=${value}`}`]
  );
  return [
    "#!/bin/sh",
    ...lines,
    `# Written by neuromfa slurm: ${what}.`,
    `cd ${shellWord(folder)} || exit`,
    // A shell would keep the signal of a time limit to itself, so the command takes its place.
    `exec ${command}`,
    "",
  ].join("\n");
}

/** This very command with the permissions of its task, but for starting programs. */
function commandWords(): string[] {
  const [, ...flags] = project.tasks.neuromfa.command.split(" ").slice(0, -1);
  const launch = new URL("../launch.ts", import.meta.url);
  const path = launch.protocol === "file:" ? fileURLToPath(launch) : launch.href;
  const kept = flags.filter((flag) => !flag.startsWith("--allow-run"));
  return [Deno.execPath(), ...kept, path];
}
