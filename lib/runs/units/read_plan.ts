/** A plan read back from beside its units. */

import { readText } from "../../files/read_file.ts";
import { checkedJson } from "../../schemas/checked_json.ts";
import { checkPlanFile } from "./plan_file.ts";
import type { RunPlan } from "./run_plan.ts";
import { storedPlan } from "./stored_plan.ts";

/**
 * Read a plan.
 *
 * @throws {Error} If it is no plan of the model, naming what is wrong with it, or was changed since it was written.
 */
export async function readPlan(path: string, model: string): Promise<RunPlan> {
  const advice = "remove it, and measure its units again";
  const text = await readText(path);
  const plan = checkedJson(text, storedPlan(model), path, advice);
  checkPlanFile(path, text);
  return plan;
}
