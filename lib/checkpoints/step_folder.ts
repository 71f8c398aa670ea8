/** The folders of a run that hold one training step each. */

import { namesByStep, stepInName } from "./names_by_step.ts";

/** How a step's folder may be named, for messages. */
export const stepFolderForms = "step1000, step-1000, step_1000 or checkpoint-1000";

/**
 * The training step that a folder's name tells, or `null` if the name is of another form.
 */
export function stepOfFolder(name: string): number | null {
  return stepInName(name, /^(?:step[-_]?|checkpoint-)(\d+)$/);
}

/**
 * The step folders among `names` by step, in ascending order of the steps.
 *
 * @param names Names of entries of the run's folder.
 * @param source The run's folder, for messages.
 * @throws {Error} if two names tell the same step.
 */
export function stepFolders(names: readonly string[], source: string): Map<number, string> {
  return namesByStep(
    names,
    stepOfFolder,
    (step, one, other) =>
      `${source} has two folders for step ${step}, ${one} and ${other}; move one of them out`,
  );
}
