/**
 * `deno task neuromfa`: reads the command line and has it obeyed by a worker that may do no more than that needs. This
 * thread stays free, so that a signal is obeyed at once, whatever the worker is at.
 *
 * Permissions of workers are not stable in Deno: run it with `--unstable-worker-options`.
 */

import { resolve } from "node:path";
import { printableLines } from "../messages/shown.ts";
import { confinedWorker, type WorkOrder, type WorkReport } from "./confined_worker.ts";
import { DESCRIBE, describeArguments, MEASURE, MERGE } from "./commands.ts";
import { helpText } from "./help_text.ts";
import { parseFlags } from "./parse_flags.ts";
import type { WorkPermissions } from "./permissions_of.ts";
import { SLURM, SLURM_STATUS } from "./slurm/slurm_commands.ts";
import { RERUN, rerunArguments } from "./rerun_command.ts";
import { standWhereCalled } from "./stand_where_called.ts";
import { WATCH, watchArguments } from "./watch_command.ts";

/** Exit codes of a command that a signal has ended, as shells give them. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143 } as const;
/** Milliseconds that the work has to tidy up after a signal. */
const GRACE = 300;
/** Milliseconds that its thread has to end. */
const MOST_TIDYING = 600;
/** Milliseconds between two looks at whether the claims of an ended worker are free. */
const TIDY_AGAIN = 20;

/** A folder of results that nobody asked to keep. */
let passing: string | null = null;

/** End the process; what nobody asked to keep goes. */
function end(code: number): never {
  try {
    if (passing !== null) Deno.removeSync(passing, { recursive: true });
  } catch {
    // The system clears its temporary files away.
  }
  Deno.exit(code);
}

/** What the command line needs; `null` if it was only asked for help. */
async function readCommandLine(args: readonly string[]): Promise<WorkPermissions | null> {
  if (args[0] === "merge") {
    const line = parseFlags(MERGE, args.slice(1));
    if (line === "help") return help(MERGE);
    const { checkWritable, permissionsOfMerge } = await loadChecks();
    await checkWritable(line.values.out);
    return permissionsOfMerge(line.values);
  }
  if (args[0] === "describe") {
    const line = parseFlags(DESCRIBE, describeArguments(args.slice(1)));
    if (line === "help") return help(DESCRIBE);
    const { permissionsOfDescribe } = await loadChecks();
    return await permissionsOfDescribe(line.values);
  }
  if (args[0] === "slurm") return await readSlurmLine(args.slice(1));
  if (args[0] === "watch") {
    const line = parseFlags(WATCH, watchArguments(args.slice(1)));
    if (line === "help") return help(WATCH);
    const { checkWritable, permissionsOfWatch } = await loadChecks();
    await checkWritable(line.values.out);
    return permissionsOfWatch(line.values);
  }
  if (args[0] === "rerun") {
    const line = parseFlags(RERUN, rerunArguments(args.slice(1)));
    if (line === "help") return help(RERUN);
    const { checkWritable, permissionsOfRerun } = await loadChecks();
    const allowed = await permissionsOfRerun(line.values);
    if (line.values.out !== undefined) {
      await checkWritable(line.values.out);
      return allowed;
    }
    passing = await Deno.makeTempDir({ prefix: "neuromfa-rerun-" });
    return { ...allowed, write: [...allowed.write, passing] };
  }
  const line = parseFlags(MEASURE, args);
  if (line === "help") return help(MEASURE);
  const { checkWritable, permissionsOf } = await loadChecks();
  const { stage, networks, out } = line.values;
  await checkWritable(stage === "extract" ? networks : out);
  return await permissionsOf(line.values);
}

/** What submitting to Slurm needs, or looking at what was submitted. */
async function readSlurmLine(args: readonly string[]): Promise<WorkPermissions | null> {
  if (args[0] === "status") {
    const line = parseFlags(SLURM_STATUS, args.slice(1));
    if (line === "help") return help(SLURM_STATUS);
    return (await loadChecks()).permissionsOfSlurmStatus(line.values);
  }
  const line = parseFlags(SLURM, args);
  if (line === "help") return help(SLURM);
  const { checkWritable, permissionsOfSlurm } = await loadChecks();
  await checkWritable(line.values.out);
  return await permissionsOfSlurm(line.values);
}

/** Loaded late: what knows of models takes longer to load than help to be printed. */
async function loadChecks() {
  const [files, permissions] = await Promise.all([
    import("../files/check_writable.ts"),
    import("./permissions_of.ts"),
  ]);
  return { ...files, ...permissions };
}

function help(command: Parameters<typeof helpText>[0]): null {
  console.log(helpText(command));
  return null;
}

/** Has the command line obeyed; ends the process. */
function work(args: readonly string[], permissions: WorkPermissions): void {
  const worker = confinedWorker(new URL("./neuromfa.ts", import.meta.url), permissions);
  const tell = (order: WorkOrder) => worker.postMessage(order);
  let unfinished: { line: string | null; folder: string | null } | null = null;
  let isStopping = false, isStopped = false, code: number = ENDED_BY.SIGINT;
  const stopped = () => {
    if (isStopped) return;
    isStopped = true;
    worker.terminate();
    tidy(performance.now());
  };
  // Loaded beside the worker, so that help needs none of it.
  const claims = import("../files/claim.ts");
  // A worker holds its claims until its thread has ended.
  const tidy = async (since: number) => {
    const { removeFreeClaims } = await claims;
    const held = unfinished?.folder ? removeFreeClaims(resolve(unfinished.folder)) : 0;
    if (held > 0 && performance.now() - since < MOST_TIDYING) {
      setTimeout(() => tidy(since), TIDY_AGAIN);
      return;
    }
    // A bar hides it.
    if (Deno.stderr.isTerminal()) Deno.stderr.writeSync(new TextEncoder().encode("\x1b[?25h\n"));
    console.error(unfinished?.line ?? "stopped");
    end(code);
  };
  worker.onmessage = ({ data }: MessageEvent<WorkReport>) => {
    if (data.kind === "unfinished") unfinished = data;
    else if (isStopping) stopped();
    else end(data.code);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    console.error(event.message);
    end(1);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    if (signal === "SIGTERM" && Deno.build.os === "windows") continue;
    Deno.addSignalListener(signal, () => {
      // Every file is whole at any moment, so nothing has to be waited for.
      if (isStopping) stopped();
      isStopping = true;
      code = ENDED_BY[signal];
      tell({ kind: "stop" });
      setTimeout(stopped, GRACE);
    });
  }
  tell({ kind: "start", args });
}

try {
  standWhereCalled();
  const permissions = await readCommandLine(Deno.args);
  const args = passing === null ? Deno.args : [...Deno.args, `--out=${passing}`];
  if (permissions !== null) work(args, permissions);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  // Deno's words for a worker that would be allowed more than this process is.
  const isTooLittle = error.message.includes("escalate parent thread permissions");
  console.error(
    isTooLittle
      ? "this process may do less than the command needs; start it by deno task neuromfa, which allows enough"
      : printableLines(error.message),
  );
  end(1);
}
