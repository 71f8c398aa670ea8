/** A run that is another one but for some of what it holds. */

import type { CheckpointRun } from "./checkpoint.ts";

/**
 * A run that does what another does, with some things in the place of the other's. Whoever implements {@linkcode CheckpointRun} may
 * do so by a class, whose methods a spread would lose.
 */
export function runView(run: CheckpointRun, changes: Partial<CheckpointRun>): CheckpointRun {
  const { model, source, steps, warnings, usualSteps, setAside } = run;
  return {
    ...{ model, source, steps },
    ...warnings && { warnings },
    ...usualSteps && { usualSteps },
    ...setAside && { setAside },
    ...run.listedDigests && { listedDigests: (step) => run.listedDigests!(step) },
    ...run.file && { file: (name) => run.file!(name) },
    ...run.commitOf && { commitOf: (step) => run.commitOf!(step) },
    checkpoint: (step) => run.checkpoint(step),
    ...changes,
  };
}
