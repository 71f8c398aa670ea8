/** One name for the checkpoints of a model, wherever they are. */

import { basename, dirname, resolve } from "node:path";
import type { CheckpointRun } from "./checkpoint.ts";
import { folderRun, singleRun } from "./folder_run.ts";
import { diskAccess } from "./hub/disk_store.ts";
import { type HubName, parseHubName, pythiaOnHub } from "./hub/hub_name.ts";
import type { Transfer } from "../options/values.ts";
import type { LinkMeter, TransferListeners } from "./hub/transfer_plan.ts";
import { localFolder } from "./local_folder.ts";
import { type StepReader, stepReader } from "./step_names.ts";
import { refuseBareModel, suiteFolder } from "./suite_folder.ts";

/** How a run is opened, and whom that tells. */
export interface OpenRunOptions extends TransferListeners {
  /** Do with what has been brought from the hub before, as `HF_HUB_OFFLINE` asks for all runs. */
  readonly offline?: boolean;
  /** A regular expression for the whole names of steps, whose first group is the step, where they are named in a way of their own. */
  readonly stepsPattern?: string | undefined;
  /** The entry of files of `torch.save` that holds the weights, such as `ema`; the only one that does unless given. */
  readonly weights?: string | undefined;
  /** What moving bytes from the hub saves: `fewest-bytes`, `fastest`, or `balanced`, which is the default. */
  readonly transfer?: Transfer | undefined;
  /**
   * The commits that steps on the hub are read from, in place of those that their branches are at now.
   *
   * @internal
   */
  readonly commits?: ReadonlyMap<number, string> | undefined;
  /**
   * What measures the connection, where several runs share one.
   *
   * @internal
   */
  readonly meter?: LinkMeter | undefined;
}

/**
 * Open the checkpoints of one model over training.
 *
 * @category Checkpoints
 * @param name `suite:<model>` for a model that comes with the toolkit; `hf:<owner>/<model>` for one on the Hugging
 * Face hub, with `@<revision>` behind it for one revision; the path of a folder with a subfolder or a file for each step
 * (`step1000`, `checkpoint-1000`, `global_step1000`, `iter_0001000`, `epoch_3.pt`), or of a single checkpoint, a folder or
 * file named like that, which is a run of one step; or the name of a Pythia model such as `pythia-70m-deduped`, which is on
 * the hub unless there is a folder of that name.
 * @param options How steps are named, which weights of files with several, and whom to tell of bytes that are moved from the hub.
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
export async function openRun(name: string, options: OpenRunOptions = {}): Promise<CheckpointRun> {
  const read = options.stepsPattern === undefined ? undefined : stepReader(options.stepsPattern);
  const [, scheme, rest] = /^(suite|hf):(.*)$/s.exec(name) ?? [];
  if (scheme === "hf") return await openOnHub(parseHubName(name), options, read);
  if (scheme === "suite") return await folderRun(localFolder(await suiteFolder(rest!)), options);
  if (name === "") throw new Error("the name of a run is empty; pass suite:nano-64 or a folder");
  const there = await Deno.stat(name).catch(() => null);
  const pythia = there === null ? pythiaOnHub(name) : null;
  if (pythia) return await openOnHub(pythia, options, read);
  if (there === null) await refuseBareModel(name);
  const source = resolve(name);
  return there?.isFile
    ? await singleRun(localFolder(dirname(source)), basename(source), options, read)
    : await folderRun(localFolder(source), options, read);
}

async function openOnHub(
  name: HubName,
  options: OpenRunOptions,
  read: StepReader | undefined,
): Promise<CheckpointRun> {
  // Loaded late: its library takes longer to load than a local run to open.
  const { openHubRun } = await import("./hub/hub_run.ts");
  const access = await diskAccess();
  const offline = options.offline || access.offline;
  return await openHubRun(name, { ...access, offline }, options, read);
}
