/** `deno task neuromfa slurm status`: what has become of a submitted run, by what lies in its folder. */

import { join } from "node:path";
import { ifThere } from "../../files/list_files.ts";
import { readText } from "../../files/read_file.ts";
import { printable } from "../../messages/shown.ts";
import { readPlanOf } from "../../runs/units/open_plan.ts";
import { type RunPlan, unitsByShard } from "../../runs/units/run_plan.ts";
import { unitName } from "../../runs/units/unit.ts";
import { DamagedUnit, UnitStore } from "../../runs/units/unit_store.ts";
import { tablesThere } from "../../runs/units/write_tables.ts";
import { parseFlags } from "../parse_flags.ts";
import { shellWord } from "../shell_word.ts";
import { arrayWords, logPaths, sbatchArguments, slurmFolder } from "./job_scripts.ts";
import { SLURM_STATUS } from "./slurm_commands.ts";
import { cancelJob, isUnderWay, statesOf, submitJob } from "./slurm_programs.ts";
import { readSlurmRecord, type SlurmRecord, writeSlurmRecord } from "./slurm_record.ts";
import { outOf, submitMerge } from "./submit.ts";

/** The exit code where something is missing that neither runs nor waits. */
const MISSING = 2;

/** The exit code where Slurm does not tell what runs. */
const UNKNOWN = 1;

/** A part that is not done. */
interface OpenPart {
  readonly index: number;
  /** Its units in all models, and how many of them are missing. */
  readonly units: number;
  readonly missing: number;
  /** The first that is missing, in words. */
  readonly first: string;
  /** The task that was to measure it last, and its state where Slurm knows of it. */
  readonly task: string | null;
  readonly state: string | undefined;
}

/** Say what is done, runs, failed and is missing, and submit what is missing if asked to; returns the exit code. */
export async function slurmStatus(args: readonly string[]): Promise<number> {
  const line = parseFlags(SLURM_STATUS, args);
  if (line === "help") return 0;
  const { resubmit } = line.values, out = outOf(line.values.out);
  const record = await readSlurmRecord(out);
  if (record === null) {
    throw new Error(
      `nothing was submitted for ${out}: it has no slurm/slurm.json; give the --out of the submission`,
    );
  }
  const plans = await Promise.all(
    record.models.map((model) => readPlanOf(slurmFolder(out).plans, model)),
  );
  const tables = await Promise.all(plans.map((plan) => tablesThere(out, plan)));
  if (tables.every((there) => there !== null)) {
    const whose = record.models.join(", ");
    console.log(`all ${record.parts} parts are merged: the tables of ${whose} are in ${out}`);
    return 0;
  }
  // Only whether something runs is asked of Slurm; without it the rest can still be told.
  const reasons = new Map<string, string>();
  const states = await statesOf(record.jobs, reasons).catch((error: Error) => {
    if (resubmit) throw error;
    console.error(`warning: what runs is not known: ${error.message}`);
    return null;
  });
  const open = await openParts(out, record, plans, states);
  const left = open.filter(({ state }) => !isUnderWay(state));
  console.log(statusLine(record, open, left, states !== null, reasons));
  for (const part of left) console.log(await partLine(out, part, states !== null));
  const merge = record.jobs.findLast(({ parts }) => parts.length === 0);
  const mergeState = merge && states?.get(merge.id);
  if (left.length === 0 && isUnderWay(mergeState)) {
    console.log(`job ${merge!.id} merges them when all are done`);
    return 0;
  }
  if (left.length === 0) {
    const how = mergeState === undefined ? "" : `, and job ${merge!.id} ended as ${mergeState}`;
    console.log(`the tables are not there${how}${await lastLine(join(out, "slurm", "merge.log"))}`);
  }
  if (states === null) return UNKNOWN;
  if (!resubmit) {
    console.log(
      `deno task neuromfa slurm status --out ${
        shellWord(line.values.out)
      } --resubmit submits what is missing`,
    );
    return MISSING;
  }
  if (isUnderWay(mergeState)) await cancelJob(merge!.id);
  await submitMissing(out, record, open, left);
  return 0;
}

/** The parts of which units are missing or damaged, by what lies in the store. */
async function openParts(
  out: string,
  { parts, jobs }: SlurmRecord,
  plans: readonly RunPlan[],
  states: ReadonlyMap<string, string> | null,
): Promise<OpenPart[]> {
  const found = Array.from({ length: parts }, () => ({ units: 0, missing: [] as string[] }));
  for (const plan of plans) {
    const store = new UnitStore(out, plan);
    for (const [i, units] of unitsByShard(plan, parts).entries()) {
      const part = found[i]!;
      part.units += units.length;
      for (const unit of units) {
        const isThere = await store.has(unit).catch((error) => {
          if (error instanceof DamagedUnit) return false;
          throw error;
        });
        if (!isThere) part.missing.push(`${unitName(unit)} of ${plan.model}`);
      }
    }
  }
  return found.flatMap(({ units, missing }, i) => {
    if (missing.length === 0) return [];
    const index = i + 1, job = jobs.findLast(({ parts }) => parts.includes(index));
    const task = job ? `${job.id}_${index}` : null;
    const state = task === null ? undefined : states?.get(task);
    return [{ index, units, missing: missing.length, first: missing[0]!, task, state }];
  });
}

/** How many parts there are of each kind, and what Slurm says that some wait for: some of it never comes. */
function statusLine(
  { parts, models }: SlurmRecord,
  open: readonly OpenPart[],
  left: readonly OpenPart[],
  isKnown: boolean,
  reasons: ReadonlyMap<string, string>,
): string {
  const running = open.filter(({ state }) => isUnderWay(state));
  const pending = running.filter(({ state }) => state === "PENDING"), waiting = pending.length;
  const why = new Set(pending.flatMap(({ task }) => reasons.get(task!) ?? []));
  const failed = left.filter(({ state }) => state !== undefined && state !== "COMPLETED").length;
  const counts = [
    [running.length - waiting, "running"],
    [waiting, why.size === 0 ? "waiting" : `waiting (${[...why].join(", ")})`],
    [failed, "failed"],
    [left.length - failed, isKnown ? "missing" : "not"],
  ] as const;
  const others = counts.flatMap(([count, what]) => count === 0 ? [] : [`${count} ${what}`]);
  const done = `${parts - open.length} of ${parts} parts of ${models.join(", ")} are done`;
  return [done, ...others].join(", ");
}

async function partLine(
  out: string,
  { index, units, missing, first, task, state }: OpenPart,
  isKnown: boolean,
): Promise<string> {
  const ended = task === null
    ? "it was never submitted"
    : state === undefined
    ? `task ${task} ${isKnown ? "neither runs nor waits" : "may still run"}`
    : `task ${task} ended as ${state}`;
  const log = await lastLine(join(out, "slurm", `part-${index}.log`));
  return `part ${index}: ${missing} of ${units} units are missing, the first is ${first}; ${ended}${log}`;
}

/** What a job said last, as the end of a sentence. */
async function lastLine(path: string): Promise<string> {
  const lines = (await ifThere(readText(path)))?.split("\n").filter((line) => line.trim() !== "");
  const last = lines?.at(-1);
  return last === undefined ? "" : `; its last words: ${printable(last.trim())}`;
}

/** Submit the parts that are left, and what merges all when these and those that run are done. */
async function submitMissing(
  out: string,
  record: SlurmRecord,
  open: readonly OpenPart[],
  left: readonly OpenPart[],
): Promise<void> {
  const paths = slurmFolder(out), logs = logPaths(out);
  const running = open.flatMap(({ task, state }) => isUnderWay(state) ? [task!] : []);
  const parts = left.map(({ index }) => index);
  const jobs = [...record.jobs], after = [...running];
  if (parts.length > 0) {
    const array = arrayWords(parts, record.atOnce);
    const id = await submitJob(sbatchArguments({ script: paths.job, log: logs.part, array }));
    jobs.push({ id, parts });
    after.push(id);
    await writeSlurmRecord(out, { ...record, jobs });
    console.log(`submitted job ${id}, part${parts.length === 1 ? "" : "s"} ${arrayWords(parts)}`);
  }
  const args = sbatchArguments({ script: paths.merge, log: logs.merge, after });
  const id = await submitMerge(out, args);
  jobs.push({ id, parts: [] });
  await writeSlurmRecord(out, { ...record, jobs });
  console.log(
    `submitted job ${id}, which merges ${parts.length > 0 ? "when all are done" : "them"}`,
  );
}
