/** One name for the checkpoints of a model, wherever they are. */

import type { CheckpointRun } from "./checkpoint.ts";
import { openFolderRun } from "./folder_run.ts";
import { hubEnvironment, type HubName, parseHubName, pythiaOnHub } from "./hub/hub_environment.ts";
import type { TransferListeners } from "./transfer.ts";
import { openSingleRun } from "./open_checkpoint.ts";
import { suiteFolder } from "./suite_folder.ts";

/** How a run is opened, and whom that tells. */
export interface OpenRunOptions extends TransferListeners {
  /** Do with what has been brought from the hub before, as `HF_HUB_OFFLINE` asks for all runs. */
  readonly offline?: boolean;
}

/**
 * Open the checkpoints of one model over training.
 *
 * @category Checkpoints
 * @param name `suite:<model>` for a model that comes with the toolkit; `hf:<owner>/<model>` for one on the Hugging
 * Face hub, with `@<revision>` behind it for one revision; the path of a folder with a subfolder for each step
 * (`step1000`, `step-1000`, `step_1000` or `checkpoint-1000`), or of a single checkpoint, a folder named like that or
 * a file in it, which is a run of one step; or the name of a Pythia model such as `pythia-70m-deduped`, which is on
 * the hub unless there is a folder of that name.
 * @param options Whom to tell of bytes that are moved from the hub.
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
export async function openRun(
  name: string,
  options: OpenRunOptions = {},
): Promise<CheckpointRun> {
  const [, scheme, rest] = /^(suite|hf):(.*)$/s.exec(name) ?? [];
  if (scheme === "hf") return await openOnHub(parseHubName(name), options);
  if (scheme === "suite") return await openFolderRun(await suiteFolder(rest!));
  if (name === "") throw new Error("the name of a run is empty; pass suite:nano-64 or a folder");
  const kind = await kindOf(name);
  const pythia = kind === null ? pythiaOnHub(name) : null;
  if (pythia) return await openOnHub(pythia, options);
  return await (kind === "file" ? openSingleRun(name) : openFolderRun(name));
}

async function openOnHub(name: HubName, options: OpenRunOptions): Promise<CheckpointRun> {
  // Loaded late: its library takes longer to load than a local run to open.
  const { openHubRun } = await import("./hub/hub_run.ts");
  const { offline = false, ...listeners } = options;
  const environment = await hubEnvironment();
  return await openHubRun(
    name,
    { ...environment, offline: offline || environment.offline },
    listeners,
  );
}

/** What there is under a path, `null` for nothing. */
async function kindOf(path: string): Promise<"file" | "other" | null> {
  const info = await Deno.stat(path).catch(() => null);
  return info && (info.isFile ? "file" : "other");
}
