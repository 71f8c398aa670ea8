/** The branches of a model that hold one training step each. */

/** How such branches are named, for messages. */
export const branchForms = "step1000, step1000-tokens4B or stage1-step1000-tokens3B";

/**
 * The training step that a branch's name tells, or `null` if it is of another form. Pythia's are `step<N>`, OLMo's
 * `step<N>-tokens<M>B`, those of OLMo 2 and 3 `stage1-step<N>` with or without the tokens. Later stages count their
 * steps from 0 again and fork into several runs, so that their names tell no step of the training as a whole.
 */
export function stepOfBranch(name: string): number | null {
  const digits = /^(?:stage1-)?step(\d+)(?:-tokens\d+(?:\.\d+)?B)?$/.exec(name)?.[1];
  const step = Number(digits);
  return Number.isSafeInteger(step) ? step : null;
}

/**
 * The branches that hold a step, by step in ascending order.
 *
 * @param names Names of the model's branches.
 * @param source The model, for messages.
 * @throws {Error} if two branches tell the same step.
 */
export function stepBranches(names: readonly string[], source: string): Map<number, string> {
  const branches = new Map<number, string>();
  for (const name of names) {
    const step = stepOfBranch(name);
    if (step === null) continue;
    const other = branches.get(step);
    if (other !== undefined) {
      throw new Error(
        `${source} has two branches for step ${step}, ${other} and ${name}; ` +
          `choose one by ${source}@${other} or ${source}@${name}`,
      );
    }
    branches.set(step, name);
  }
  return new Map([...branches].sort(([a], [b]) => a - b));
}
