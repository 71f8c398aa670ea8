/** The branches of a model that hold one training step each. */

import { namesByStep, stepInName } from "../names_by_step.ts";

/** How such branches are named, for messages. */
export const branchForms = "step1000, step1000-tokens4B or stage1-step1000-tokens3B";

/**
 * The training step that a branch's name tells, or `null` if it is of another form. Pythia's are `step<N>`, OLMo's
 * `step<N>-tokens<M>B`, those of OLMo 2 and 3 `stage1-step<N>` with or without the tokens. Later stages count their
 * steps from 0 again and fork into several runs, so that their names tell no step of the training as a whole.
 */
export function stepOfBranch(name: string): number | null {
  return stepInName(name, /^(?:stage1-)?step(\d+)(?:-tokens\d+(?:\.\d+)?B)?$/);
}

/**
 * The branches that hold a step, by step in ascending order.
 *
 * @param names Names of the model's branches.
 * @param source The model, for messages.
 * @throws {Error} if two branches tell the same step.
 */
export function stepBranches(names: readonly string[], source: string): Map<number, string> {
  return namesByStep(
    names,
    stepOfBranch,
    (step, one, other) =>
      `${source} has two branches for step ${step}, ${one} and ${other}; ` +
      `choose one by ${source}@${one} or ${source}@${other}`,
  );
}
