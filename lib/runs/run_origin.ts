/** What a run was found by, so that it can be found again from anywhere. */

import { resolve } from "node:path";
import { exists } from "../files/list_files.ts";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import type { RunOrigin } from "./stored_records.ts";
import type { RunAccess } from "./open_selected_run.ts";

/** What is known of a run that was opened by its name. */
interface OpenedByName {
  readonly name: string;
  /** The folder of stored networks, where the name is of some. */
  readonly networks?: string | undefined;
  /** The run, and which of its steps were taken from where it lies; `null` of stored networks. */
  readonly run: CheckpointRun | null;
  readonly steps: readonly number[];
}

/** The origin of a run. */
export async function originOf(
  { name, networks, run, steps }: OpenedByName,
  { command, stepsPattern, allowDuplicates, allowUnrelated }: RunAccess,
): Promise<RunOrigin> {
  const isPath = !/^(suite|hf):/.test(name) && await exists(name);
  return {
    name: isPath ? resolve(name) : name,
    ...command !== undefined && { command },
    ...!isPath && networks !== undefined && { networks: resolve(networks) },
    ...stepsPattern !== undefined && { stepsPattern },
    ...allowDuplicates && { allowDuplicates },
    ...allowUnrelated && { allowUnrelated },
    ...run?.commitOf && { commits: steps.map((step) => ({ step, commit: run.commitOf!(step) })) },
  };
}
