/** A checkpoint that is another one but for some of what it holds. */

import type { Checkpoint } from "./checkpoint.ts";

/**
 * A checkpoint that does what another does, with some things in the place of the other's. Whoever implements
 * {@linkcode Checkpoint} may do so by a class, whose methods a spread would lose.
 */
export function checkpointView(checkpoint: Checkpoint, changes: Partial<Checkpoint>): Checkpoint {
  const { model, step, source, config, tensors, declared, entry, parts } = checkpoint;
  return {
    ...{ model, step, source, config, tensors },
    ...declared && { declared },
    ...entry !== undefined && { entry },
    ...parts && { parts },
    digest: () => checkpoint.digest(),
    read: (name, rows, into) => checkpoint.read(name, rows, into),
    ...checkpoint.readAll && {
      readAll: (requests, into) => checkpoint.readAll!(requests, into),
    },
    ...checkpoint.prefetch && { prefetch: (requests) => checkpoint.prefetch!(requests) },
    ...checkpoint.plan && { plan: (requests) => checkpoint.plan!(requests) },
    ...changes,
  };
}
