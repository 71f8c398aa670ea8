/** Models on this machine, looked over before any notebook reads them. */

import { modelScores } from "../../lib/runs/model_scores.ts";
import { HubModels, type HubTask } from "./hub_plan.ts";
import { NotebookError } from "./notebook.ts";

/**
 * The notebooks that can be run on models that are on this machine: those that need scores are left out, with a word, where
 * none are known.
 *
 * @param isNamed Whether they were asked for by name, so that one without scores is refused.
 * @throws {Error} If a model cannot be opened, has not the steps, or the scores beside it cannot be read.
 */
export async function notebooksOn<N extends { readonly name: string }>(
  { models, steps }: Pick<HubTask, "models" | "steps">,
  notebooks: readonly N[],
  isNamed: boolean,
): Promise<N[]> {
  const names = notebooks.map(({ name }) => name);
  const task = {
    notebooks: names,
    models,
    steps,
    transfer: "balanced",
    bandwidth: undefined,
  } as const;
  // Each notebook says itself what is unusual with them.
  const opened = await HubModels.open(task, () => {});
  const left = new Map<string, string>();
  for (const { run, notebook, needed } of opened.scored()) {
    if (!needed || left.has(notebook) || (await modelScores(run)).length > 0) continue;
    const why = await modelScores(run, { required: true }).then(() => "", ({ message }) => message);
    if (why === "") continue;
    if (isNamed) throw new NotebookError(`${notebook} cannot be run: ${why}`);
    left.set(notebook, why);
  }
  const lines = [...Map.groupBy(left.keys(), (notebook) => left.get(notebook)!)].map(
    ([why, names]) => `${names.join(", ")}: ${why}`,
  );
  if (left.size === notebooks.length) throw new NotebookError(lines.join("\n"));
  for (const line of lines) console.error(`left out: ${line}`);
  return notebooks.filter(({ name }) => !left.has(name));
}
