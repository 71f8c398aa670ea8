/** The folders of a run that hold one training step each. */

/** How a step's folder may be named, for messages. */
export const STEP_FOLDER_FORMS = "step1000, step-1000, step_1000 or checkpoint-1000";

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

/**
 * The training step that a name tells, or `null` if it is of another form.
 *
 * @param form The form, whose first group is the digits of the step.
 */
export function stepInName(name: string, form: RegExp): number | null {
  const step = Number(form.exec(name)?.[1]);
  return Number.isSafeInteger(step) ? step : null;
}

/**
 * Those of some names that tell a step, by step in ascending order.
 *
 * @param stepOf The step that a name tells, or `null`.
 * @param ambiguous The message that two names tell the same step.
 * @throws {Error} if two names do.
 */
export function namesByStep(
  names: readonly string[],
  stepOf: (name: string) => number | null,
  ambiguous: (step: number, one: string, other: string) => string,
): Map<number, string> {
  const found = new Map<number, string>();
  for (const name of names) {
    const step = stepOf(name);
    if (step === null) continue;
    const other = found.get(step);
    if (other !== undefined) throw new Error(ambiguous(step, other, name));
    found.set(step, name);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}
