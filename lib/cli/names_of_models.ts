/** The names that models have in tables. */

import { nameOfModel } from "../runs/store/model_networks.ts";
import type { MeasureValues } from "./commands.ts";

/** The models' names in tables by what was asked for; two that would write the same files are refused. */
export async function namesOfModels(
  { models, networks, stepsPattern, weights }: Pick<
    MeasureValues,
    "models" | "networks" | "stepsPattern" | "weights"
  >,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const name of models) {
    const model = await nameOfModel(name, networks, { stepsPattern, weights });
    const [taken] = [...names].find(([, other]) => other === model) ?? [];
    if (taken !== undefined) {
      throw new Error(`${taken} and ${name} are both named ${model} in tables; rename one folder`);
    }
    names.set(name, model);
  }
  return names;
}
