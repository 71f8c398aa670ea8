/** One name for the checkpoints of a model, wherever they are. */

import type { CheckpointRun } from "./checkpoint.ts";
import { openFolderRun } from "./folder_run.ts";
import { openSingleRun } from "./open_checkpoint.ts";
import { suiteFolder } from "./suite_folder.ts";

/**
 * Open the checkpoints of one model over training.
 *
 * @param name `suite:<model>` for a model that comes with the toolkit, the path of a folder with a
 * subfolder for each step (`step1000`, `step-1000`, `step_1000` or `checkpoint-1000`), or the path of a single
 * checkpoint, a folder named like that or a file in it, which is a run of one step.
 * @throws {Error} saying what was found there and what is needed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 *
 * const run = await openRun("suite:nano-64");
 * assert.equal(run.model, "nano-64");
 * assert.equal(run.steps[0], 0);
 * const checkpoint = await run.checkpoint(0);
 * assert.deepEqual(checkpoint.tensors.get("embed_out.weight")?.dtype, "F16");
 * ```
 */
export async function openRun(name: string): Promise<CheckpointRun> {
  const [, scheme, rest] = /^(suite|hf):(.*)$/s.exec(name) ?? [];
  if (scheme === "hf") {
    throw new Error(
      `${name} cannot be opened: the Hugging Face hub is not read yet; ` +
        `download its steps into the folders step<N> of one folder and pass that folder`,
    );
  }
  if (scheme === "suite") return await openFolderRun(await suiteFolder(rest!));
  if (name === "") throw new Error("the name of a run is empty; pass suite:nano-64 or a folder");
  const isFile = (await Deno.stat(name).catch(() => null))?.isFile ?? false;
  return await (isFile ? openSingleRun(name) : openFolderRun(name));
}
