/** The units of a plan as tables are made of them, one step after another. */
import { type RunPlan, unitsOf } from "./run_plan.ts";
import type { Unit } from "./unit.ts";

/** Reads the units of a step, one value for each. */
export type ReadStep = (units: readonly Unit[]) => Promise<readonly unknown[]>;

/** The units of each step, in the plan's order. */
export function unitsByStep(plan: RunPlan): { step: number; units: Unit[] }[] {
  const groups = Map.groupBy(unitsOf(plan), ({ step }) => step);
  return [...groups].map(([step, units]) => ({ step, units }));
}
