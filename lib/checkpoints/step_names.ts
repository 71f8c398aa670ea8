/** How checkpoints are named after their training steps, in folders and on the hub. */

/** How a step's folder may be named, for messages. */
export const STEP_FOLDER_FORMS = "step1000, step-1000, step_1000 or checkpoint-1000";

/** How a step's branch may be named, for messages. */
export const BRANCH_FORMS = "step1000, step1000-tokens4B or stage1-step1000-tokens3B";

/** The training step that a folder's name tells, or `null` if the name is of another form. */
export function stepOfFolder(name: string): number | null {
  return stepInName(name, /^(?:step[-_]?|checkpoint-)(\d+)$/);
}

/**
 * The training step that a branch's name tells, or `null` if it is of another form. Pythia's are `step<N>`, OLMo's
 * `step<N>-tokens<M>B`, those of OLMo 2 and 3 `stage1-step<N>` with or without the tokens. Later stages count their
 * steps from 0 again and fork into several runs, so that their names tell no step of the training as a whole.
 */
export function stepOfBranch(name: string): number | null {
  return stepInName(name, /^(?:stage1-)?step(\d+)(?:-tokens\d+(?:\.\d+)?B)?$/);
}

/** The step folders among the names of a folder's entries, by step in ascending order. */
export function stepFolders(names: readonly string[], source: string): Map<number, string> {
  return namesByStep(
    names,
    stepOfFolder,
    (step, one, other) =>
      `${source} has two folders for step ${step}, ${one} and ${other}; move one of them out`,
  );
}

/** The branches of a model that hold a step, by step in ascending order. */
export function stepBranches(names: readonly string[], source: string): Map<number, string> {
  return namesByStep(
    names,
    stepOfBranch,
    (step, one, other) =>
      `${source} has two branches for step ${step}, ${one} and ${other}; ` +
      `choose one by ${source}@${one} or ${source}@${other}`,
  );
}

/** The training step in the first group of a form of names, or `null` if the name is of another. */
export function stepInName(name: string, form: RegExp): number | null {
  const step = Number(form.exec(name)?.[1]);
  return Number.isSafeInteger(step) ? step : null;
}

/** Those of some names that tell a step, by step in ascending order; two names of the same step are an `ambiguous` error. */
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

/** Where the checkpoint of a step of a run is; an error with the steps that there are if it is nowhere. */
export function placeOfStep<Place>(
  places: ReadonlyMap<number, Place>,
  step: number,
  model: string,
): Place {
  const place = places.get(step);
  if (place !== undefined) return place;
  const steps = [...places.keys()].join(", ");
  throw new Error(`checkpoint step ${step} of ${model} is not there; steps: ${steps}`);
}
