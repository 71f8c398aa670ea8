/** A run whose checkpoints carry what its user says of their network. */

import type { Checkpoint, CheckpointRun } from "../checkpoints/checkpoint.ts";
import { type DeclaredNetwork, declaredNetwork } from "../options/declared_network.ts";
import type { DetectArchitectureOptions } from "./detect.ts";

/** A run with a network as data or a part of its models for every checkpoint; the run itself where neither is given. */
export function declaredRun(run: CheckpointRun, network: DeclaredNetwork): CheckpointRun {
  const declared = declaredNetwork(network);
  if (Object.keys(declared).length === 0) return run;
  const { model, source, steps, warnings } = run;
  return {
    ...{ model, source, steps },
    ...warnings && { warnings },
    ...run.listedDigests && { listedDigests: (step) => run.listedDigests!(step) },
    checkpoint: async (step) => declaredCheckpoint(await run.checkpoint(step), declared),
  };
}

/** A checkpoint with a network as data or a part of its model. */
export function declaredCheckpoint(
  checkpoint: Checkpoint,
  declared: DetectArchitectureOptions | DeclaredNetwork,
): Checkpoint {
  const { model, step, source, config, tensors, entry, parts } = checkpoint;
  return {
    ...{ model, step, source, config, tensors },
    // What the user says goes before what the file itself says.
    declared: { ...checkpoint.declared, ...declared },
    ...parts && { parts },
    ...entry !== undefined && { entry },
    digest: () => checkpoint.digest(),
    read: (name, rows, into) => checkpoint.read(name, rows, into),
    ...checkpoint.readAll && {
      readAll: (requests, into) => checkpoint.readAll!(requests, into),
    },
    ...checkpoint.prefetch && { prefetch: (requests) => checkpoint.prefetch!(requests) },
    ...checkpoint.plan && { plan: (requests) => checkpoint.plan!(requests) },
  };
}
