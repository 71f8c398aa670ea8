/** A plan read back from beside its units. */
import { parseJson } from "../../files/parse_json.ts";
import { checkNullModelChoice, type NullModelChoice } from "../null_model_choice.ts";
import type { RunPlan } from "./run_plan.ts";

/**
 * Read a plan.
 *
 * @throws {Error} If it is no plan of the model.
 */
export async function readPlan(path: string, model: string): Promise<RunPlan> {
  const plan = parsed(await Deno.readTextFile(path));
  if (plan !== null && plan.model === model && isPlan(plan)) return plan;
  throw new Error(`${path} is no plan of ${model}; remove it`);
}

function parsed(text: string): Partial<RunPlan> | null {
  try {
    return parseJson(text) as Partial<RunPlan>;
  } catch {
    return null;
  }
}

function isPlan(plan: Partial<RunPlan>): plan is RunPlan {
  const { layers, checkpoints, duplicates, parts, choices, versions, emergence, nodes } = plan;
  const lists = [layers, checkpoints, duplicates, parts].every(Array.isArray);
  return lists && isObject(choices) && isObject(versions) &&
    (isObject(emergence) || isObject(nodes)) &&
    (!isObject(emergence) || isNullModel(emergence!.options?.nullModel)) &&
    checkpoints!.every(({ step, sha256 }) =>
      Number.isSafeInteger(step) && /^[0-9a-f]{64}$/.test(sha256)
    ) &&
    parts!.every(({ kind, index }) =>
      ["sample", "layer"].includes(kind) && Number.isSafeInteger(index)
    );
}

/** A plan without a null model is one; one with far more draws than anybody asks for is none. */
function isNullModel(choice: NullModelChoice | undefined): boolean {
  if (choice === undefined) return true;
  try {
    checkNullModelChoice(choice);
    return true;
  } catch {
    return false;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
