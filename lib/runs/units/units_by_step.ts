/** The units of a plan as tables are made of them, one step after another. */

import { type RunPlan, unitsOf } from "./run_plan.ts";
import type { Unit } from "./unit.ts";

/** Reads the units of a step, one value for each. */
export type ReadStep = (units: readonly Unit[]) => Promise<readonly unknown[]>;

/** The units of each step, in the plan's order: those of the checkpoints themselves, or of a draw of their null model. */
export function unitsByStep(
  plan: RunPlan,
  draw: number | null = null,
): { step: number; units: Unit[] }[] {
  const own = unitsOf(plan).filter(({ nullModel }) => (nullModel?.draw ?? null) === draw);
  return [...Map.groupBy(own, ({ step }) => step)].map(([step, units]) => ({ step, units }));
}
