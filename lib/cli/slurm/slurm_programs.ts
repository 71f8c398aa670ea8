/** Slurm's own programs, started without a shell. */

import { printable } from "../../messages/shown.ts";
import type { SlurmProgram } from "./slurm_commands.ts";
import type { SubmittedJob } from "./slurm_record.ts";

/** States of jobs and tasks that have ended, in Slurm's words. */
const ENDED = new Set([
  ...["BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY"],
  ...["PREEMPTED", "REVOKED", "TIMEOUT", "LAUNCH_FAILED", "RECONFIG_FAIL"],
]);

/** Most letters of what a program says that are repeated. */
const MOST_LETTERS = 300;

/** Submit a job; returns its number. */
export async function submitJob(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await start("sbatch", args);
  const [, id] = /^(\d+)(?:;|$)/m.exec(stdout.trim()) ?? [];
  if (code === 0 && id !== undefined) return id;
  throw new Error(`sbatch took no job: ${said(stderr || stdout)}`);
}

/** Take a job back; one that has ended is left alone. */
export async function cancelJob(id: string): Promise<void> {
  await start("scancel", ["--quiet", id]);
}

/**
 * The states of the tasks of some jobs, in Slurm's words, by the names that it gives them: `12_3`
 * for the third task of an array, `13` for another. What Slurm has forgotten is missing.
 *
 * @param reasons Gets the reasons why tasks wait, in Slurm's words.
 * @throws {Error} If squeue cannot be asked.
 */
export async function statesOf(
  jobs: readonly SubmittedJob[],
  reasons: Map<string, string> = new Map(),
): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  if (jobs.length === 0) return states;
  const ids = jobs.map(({ id }) => id).join(",");
  const past = ["--noheader", "--allocations", "--parsable2", "--array", "--format=JobID,State"];
  // Where a cluster keeps no accounts, its queue knows for some minutes what has ended.
  const accounts = await start("sacct", [...past, `--jobs=${ids}`]).catch(() => null);
  if (accounts?.code === 0) takeStates(states, accounts.stdout);
  // What still runs the queue alone knows: accounts keep what ended unseen as running.
  for (const [name, state] of states) if (isUnderWay(state)) states.delete(name);
  for (const { id } of jobs) {
    const args = ["--noheader", "--array", "--states=all", "--format=%i|%T|%r", `--jobs=${id}`];
    const { code, stdout, stderr } = await start("squeue", args);
    if (code === 0) takeStates(states, stdout, reasons);
    else if (!stderr.includes("Invalid job id")) {
      throw new Error(`squeue did not tell what runs: ${said(stderr)}`);
    }
  }
  return states;
}

/** Whether a task still runs or waits. */
export function isUnderWay(state: string | undefined): boolean {
  return state !== undefined && !ENDED.has(state);
}

/** Take lines such as `12_3|PENDING|Resources` or, of accounts, `12_3|CANCELLED by 0`. */
function takeStates(
  states: Map<string, string>,
  lines: string,
  reasons?: Map<string, string>,
): void {
  for (const line of lines.matchAll(/^(\d+(?:_\d+)?)\|([A-Z_]+)(?:\|([\w/-]+))?/gm)) {
    const [, name, state, reason] = line;
    states.set(name!, state!);
    if (state === "PENDING" && reason !== undefined) reasons?.set(name!, reason);
  }
}

async function start(
  program: SlurmProgram,
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const command = new Deno.Command(program, { args: [...args], stdin: "null" });
    const { code, stdout, stderr } = await command.output();
    const text = new TextDecoder();
    return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Error(
        `there is no ${program} on the PATH; run this where Slurm is, such as on the cluster's login node`,
      );
    }
    if (error instanceof Deno.errors.NotCapable) {
      throw new Error(`${program} may not be started; allow it with --allow-run=${program}`);
    }
    throw error;
  }
}

function said(text: string): string {
  const line = printable(text.trim().replaceAll(/\s*\n\s*/g, "; "));
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS)}…` : line || "it says nothing";
}
