/** Plans of no model, for tests of what is done with plans. */

import type { PlannedPart, RunPlan } from "../../../lib/runs/units/run_plan.ts";

/** A plan with parts of these weights at each of some steps. */
export function planOf(
  steps: readonly number[],
  weights: readonly number[],
  more: Partial<RunPlan> = {},
): RunPlan {
  return {
    model: "toy",
    layers: [],
    checkpoints: steps.map((step) => ({ step, sha256: `${step}`.padStart(64, "0") })),
    duplicates: [],
    parts: weights.map((weights, index): PlannedPart => ({ kind: "layer", index, weights })),
    choices: { sampling: null, layers: null, spectrum: null, nodes: null },
    versions: { neuromfa: "0" },
    emergence: null,
    nodes: null,
    ...more,
  };
}
