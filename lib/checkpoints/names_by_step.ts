/** Names that tell a training step: those of folders and of branches. */

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
