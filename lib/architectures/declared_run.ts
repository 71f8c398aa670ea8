/** A run whose checkpoints carry what its user says of their network. */

import type { Checkpoint, CheckpointRun } from "../checkpoints/checkpoint.ts";
import { checkpointView } from "../checkpoints/checkpoint_view.ts";
import { runView } from "../checkpoints/run_view.ts";
import { type DeclaredNetwork, declaredNetwork } from "../options/declared_network.ts";
import type { DetectArchitectureOptions } from "./detect.ts";

/** A run with a network as data or a part of its models for every checkpoint; the run itself where neither is given. */
export function declaredRun(run: CheckpointRun, network: DeclaredNetwork): CheckpointRun {
  const declared = declaredNetwork(network);
  if (Object.keys(declared).length === 0) return run;
  return runView(run, {
    checkpoint: async (step) => declaredCheckpoint(await run.checkpoint(step), declared),
  });
}

/** A checkpoint with a network as data or a part of its model. */
export function declaredCheckpoint(
  checkpoint: Checkpoint,
  declared: DetectArchitectureOptions | DeclaredNetwork,
): Checkpoint {
  // What the user says goes before what the file itself says.
  return checkpointView(checkpoint, { declared: { ...checkpoint.declared, ...declared } });
}
