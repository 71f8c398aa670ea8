/**
 * The process that brings models from the hub: the only one of `deno task reproduce` that may connect. Its argument is a
 * {@linkcode HubTask} as JSON; it tells the plan, waits for a line on its standard input, and moves what is planned.
 */

import { writeSync } from "node:fs";
import { modelScores } from "../../lib/runs/model_scores.ts";
import { HubModels, type HubPlan, type HubProgress, type HubTask } from "./hub_plan.ts";

/** What it tells, a line of JSON each. */
export type BringReport =
  | { readonly kind: "warning"; readonly line: string }
  | { readonly kind: "plan"; readonly plan: HubPlan }
  | { readonly kind: "progress"; readonly progress: HubProgress }
  | { readonly kind: "done" }
  | { readonly kind: "error"; readonly message: string };

function tell(report: BringReport): void {
  let bytes = new TextEncoder().encode(`${JSON.stringify(report)}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
}

/** Milliseconds between two reports of progress. */
const REPORT_INTERVAL = 200;

/** Scores come first: without those that a notebook needs, gigabytes of weights are of no use to it. */
async function bringScores(models: HubModels): Promise<void> {
  for (const { run, notebook, needed } of models.scored()) {
    try {
      await modelScores(run, { required: needed });
    } catch (error) {
      const { message } = error as Error;
      throw new Error(
        `${notebook} cannot be run without scores of ${run.model}: ${message}; or name the notebooks to run without it`,
        { cause: error },
      );
    }
  }
}

async function bring(task: HubTask): Promise<void> {
  const models = await HubModels.open(task, (line) => tell({ kind: "warning", line }));
  const plan = await models.plan();
  tell({ kind: "plan", plan });
  // It ends without a line where nothing is to be moved after all.
  const answer = await Deno.stdin.read(new Uint8Array(16));
  if (answer === null) return;
  await bringScores(models);
  let last = 0;
  await models.move(plan.total.bytes, (progress) => {
    if (performance.now() - last < REPORT_INTERVAL) return;
    last = performance.now();
    tell({ kind: "progress", progress });
  });
  tell({ kind: "done" });
}

if (import.meta.main) {
  try {
    await bring(JSON.parse(Deno.args[0]!) as HubTask);
  } catch (error) {
    tell({ kind: "error", message: error instanceof Error ? error.message : `${error}` });
    Deno.exit(1);
  }
}
