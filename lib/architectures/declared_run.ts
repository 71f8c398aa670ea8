/** A run whose checkpoints carry what its user says of their network. */

import type { Checkpoint, CheckpointRun } from "../checkpoints/checkpoint.ts";
import type { DetectArchitectureOptions } from "./detect.ts";

/** What is declared of a network, as options hold it. */
export interface DeclaredNetwork {
  /** The network as data; what it must be is checked when it is used. */
  readonly architecture?: object | undefined;
  /** The part of a model of several that is measured. */
  readonly part?: string | undefined;
}

/** What of some options is declared of a network; empty where nothing is. */
export function declaredNetwork({ architecture, part }: DeclaredNetwork): DeclaredNetwork {
  return { ...architecture && { architecture }, ...part !== undefined && { part } };
}

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
  const { model, step, source, config, tensors } = checkpoint;
  return {
    ...{ model, step, source, config, tensors, declared },
    digest: () => checkpoint.digest(),
    read: (name, rows, into) => checkpoint.read(name, rows, into),
    ...checkpoint.readAll && {
      readAll: (requests, into) => checkpoint.readAll!(requests, into),
    },
    ...checkpoint.prefetch && { prefetch: (requests) => checkpoint.prefetch!(requests) },
    ...checkpoint.plan && { plan: (requests) => checkpoint.plan!(requests) },
  };
}
