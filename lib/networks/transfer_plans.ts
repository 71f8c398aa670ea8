/** What reading some steps of a run moves, where they are far away. */

import type { Architecture } from "../architectures/architecture.ts";
import { detectArchitecture } from "../architectures/detect.ts";
import type { Checkpoint, CheckpointRun, TensorRows } from "../checkpoints/checkpoint.ts";
import type { TransferPlan } from "../checkpoints/hub/transfer_plan.ts";

/** A plan for each file of each step, empty where nothing has to be moved; a step that was drawn lies nowhere. */
export async function transferPlans(
  run: CheckpointRun,
  steps: readonly number[],
  requestsOf: (checkpoint: Checkpoint, architecture: Architecture) => readonly TensorRows[],
): Promise<TransferPlan[]> {
  const plans: TransferPlan[] = [];
  for (const step of steps) {
    const checkpoint = await run.checkpoint(step);
    if (checkpoint.plan === undefined && step === 0) continue;
    if (checkpoint.plan === undefined) return [];
    const architecture = detectArchitecture(checkpoint);
    plans.push(...await checkpoint.plan(requestsOf(checkpoint, architecture)));
  }
  return plans.some(({ bytes }) => bytes > 0) ? plans : [];
}
