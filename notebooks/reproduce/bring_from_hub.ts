/** Brings what notebooks read of models on the hub, after their user has seen what that moves. */

import { fileURLToPath } from "node:url";
import { startProgressBar } from "../../lib/cli/progress_bar.ts";
import { permissionsOfModels } from "../../lib/cli/permissions_of.ts";
import { hubEnvironment } from "../../lib/checkpoints/hub/hub_environment.ts";
import { evalsCache, evalsSource, isAddress } from "../../lib/scores/harness_scores.ts";
import { askToMove } from "./ask_to_move.ts";
import type { BringReport } from "./bring_models.ts";
import { OFFLINE_RUN, startDeno } from "./deno_process.ts";
import { HUB_VARIABLES } from "./execute_module.ts";
import type { HubPlan, HubTask } from "./hub_plan.ts";
import { NotebookError } from "./notebook.ts";
import { planLines } from "./plan_lines.ts";

/** What is done with the plan. */
export interface BringOptions {
  /** Show it and move nothing. */
  readonly planOnly: boolean;
  /** Ask no question. */
  readonly yes: boolean;
  readonly signal: AbortSignal;
}

/** Where scores are asked for, and where they are kept: nowhere where they come from a folder. */
export function permissionsOfScores(): { readonly write: string[]; readonly net: string[] } {
  const source = evalsSource();
  return isAddress(source)
    ? { write: [evalsCache()], net: [new URL(source).host] }
    : { write: [], net: [] };
}

/**
 * Print the plan, ask, and bring what it says, in a process that may connect to the hub and to where scores are; nothing else may.
 *
 * @returns Whether notebooks are to be run.
 * @throws {NotebookError} If there is nobody to ask.
 * @throws {Error} If something cannot be had.
 */
export async function bringFromHub(
  task: HubTask,
  { planOnly, yes, signal }: BringOptions,
): Promise<boolean> {
  const { write, net } = await permissionsOfModels(task.models);
  const scores = permissionsOfScores();
  const { cache } = await hubEnvironment();
  const hosts = net === true ? "" : `=${[...net || [], ...scores.net].join(",")}`;
  const places = [...write, ...scores.write];
  const comma = places.find((place) => place.includes(","));
  if (comma !== undefined) {
    // Deno separates the paths of a permission by commas and has no way to write one.
    throw new NotebookError(`choose a cache without a comma in its path by HF_HOME, not ${comma}`);
  }
  const process = startDeno([
    ...[...OFFLINE_RUN, "--no-check", "--allow-read", `--allow-env=${HUB_VARIABLES.join(",")}`],
    ...[`--allow-write=${places.join(",")}`, ...hosts === "=" ? [] : [`--allow-net${hosts}`]],
    ...[fileURLToPath(import.meta.resolve("./bring_models.ts")), JSON.stringify(task)],
  ], { signal, stdin: "piped" });
  const asked = process.stdin.getWriter();
  const [isBrought, stderr] = await Promise.all([
    follow(process.stdout, async (plan) => {
      for (const line of planLines(plan, cache)) console.log(line);
      try {
        const isWanted = !planOnly &&
          (plan.total.bytes === 0 || yes || await askToMove(plan.total.bytes, signal));
        if (isWanted) await asked.write(new TextEncoder().encode("yes\n"));
        return isWanted;
      } finally {
        await asked.close().catch(() => {});
      }
    }),
    new Response(process.stderr).text(),
  ]);
  signal.throwIfAborted();
  if (isBrought !== null) return isBrought;
  throw new NotebookError(`what is on the hub could not be looked at: ${stderr.trim()}`);
}

/** Obey what the process tells; whether it has brought all, `null` where it ended without a word. */
async function follow(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onPlan: (plan: HubPlan) => Promise<boolean>,
): Promise<boolean | null> {
  let bar: ReturnType<typeof startProgressBar> | undefined;
  let isBrought: boolean | null = null, text = "", fault: unknown;
  try {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const lines = text.split("\n");
      text = lines.pop()!;
      for (const line of lines) {
        const report = JSON.parse(line) as BringReport;
        if (report.kind === "error") throw new NotebookError(report.message);
        else if (report.kind === "warning") console.error(`warning: ${report.line}`);
        else if (report.kind === "plan") isBrought = await onPlan(report.plan) ? null : false;
        else if (report.kind === "done") isBrought = true;
        else {
          const { model, step, notebooks, moved, planned } = report.progress;
          bar ??= startProgressBar("moving", "MB", Math.ceil(planned / 1e6));
          const [first, ...others] = notebooks;
          const whose = others.length === 0
            ? first
            : `${first} and ${others.length} other${others.length === 1 ? "" : "s"}`;
          bar.update(Math.floor(moved / 1e6), `${model} step ${step} for ${whose}`);
        }
      }
    }
  } catch (error) {
    fault = error;
  } finally {
    bar?.stop();
  }
  if (fault !== undefined) throw fault;
  return isBrought;
}
