/** The folders of a run that hold one training step each. */

/** How a step's folder may be named, for messages. */
export const stepFolderForms = "step1000, step-1000, step_1000 or checkpoint-1000";

/**
 * The training step that a folder's name tells, or `null` if the name is of another form.
 */
export function stepOfFolder(name: string): number | null {
  const digits = /^(?:step[-_]?|checkpoint-)(\d+)$/.exec(name)?.[1];
  const step = Number(digits);
  return Number.isSafeInteger(step) ? step : null;
}

/**
 * The step folders among `names` by step, in ascending order of the steps.
 *
 * @param names Names of entries of the run's folder.
 * @param source The run's folder, for messages.
 * @throws {Error} if two names tell the same step.
 */
export function stepFolders(names: readonly string[], source: string): Map<number, string> {
  const folders = new Map<number, string>();
  for (const name of names) {
    const step = stepOfFolder(name);
    if (step === null) continue;
    const other = folders.get(step);
    if (other !== undefined) {
      throw new Error(
        `${source} has two folders for step ${step}, ${other} and ${name}; move one of them out`,
      );
    }
    folders.set(step, name);
  }
  return new Map([...folders].sort(([a], [b]) => a - b));
}
