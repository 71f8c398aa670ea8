/** One checkpoint by the path of its folder or its file. */

import { basename, dirname, resolve } from "node:path";
import type { Checkpoint } from "./checkpoint.ts";
import { folderCheckpoint, namedCheckpoint } from "./folder_checkpoint.ts";
import { diskAccess } from "./hub/disk_store.ts";
import { parseHubName } from "./hub/hub_name.ts";
import { localFolder } from "./local_folder.ts";

/** How a checkpoint is opened. */
export interface OpenCheckpointOptions {
  /** The entry of a file of `torch.save` that holds the weights, such as `ema`; the only one that does unless given. */
  readonly weights?: string | undefined;
}

/**
 * Open a single checkpoint: a folder with weights, or a file of weights (safetensors, a file of `torch.save`, or
 * an index of shards). The step is what the name of the folder tells (`step1000`, `checkpoint-1000`), or else that of the
 * file (`model_3.pt`), `null` if neither tells one; the model is named after the folder, or the folder around one that
 * tells a step, or what stands before the step (`toy_step512`), and after a file that has a name of its own
 * (`resnet50.pth`). On the Hugging Face hub it is a revision, the main branch unless another is
 * named.
 *
 * Low-rank adapters (LoRA) are merged: those among the weights of the file and those of an `adapter_model` file beside it, by the
 * scale that `adapter_config.json` tells. An adapter alone belongs to the model in the folder `base` beside its own.
 * Pairs of weight norm are multiplied out.
 *
 * @category Checkpoints
 * @param path Path of the folder or the file, or `hf:<owner>/<model>` or `hf:<owner>/<model>@<revision>`.
 * @param options Which weights of a file with several.
 * @throws {Error} if there is none, it holds no weights or is damaged, or is one of several shards.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openCheckpoint } from "neuromfa";
 * import { writeSafetensors } from "neuromfa/checkpoints";
 *
 * const folder = await Deno.makeTempDir();
 * const bytes = new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer);
 * await writeSafetensors(`${folder}/mlp.safetensors`, [{ name: "w", dtype: "F32", shape: [2, 2], bytes }]);
 * const checkpoint = await openCheckpoint(`${folder}/mlp.safetensors`);
 * assert.equal(checkpoint.model, "mlp");
 * assert.equal(checkpoint.step, null);
 * assert.deepEqual([...checkpoint.tensors.keys()], ["w"]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function openCheckpoint(
  path: string,
  { weights }: OpenCheckpointOptions = {},
): Promise<Checkpoint> {
  if (path.startsWith("hf:")) {
    const { openHubRevision } = await import("./hub/hub_run.ts");
    return await openHubRevision(parseHubName(path), await diskAccess(), { weights });
  }
  const source = resolve(path);
  const isFile = (await Deno.stat(source).catch(() => null))?.isFile ?? false;
  return isFile
    ? await namedCheckpoint(localFolder(dirname(source)), basename(source), weights)
    : await namedCheckpoint(localFolder(source), null, weights);
}

/** Open the checkpoint in a folder on disk under a name that is known. */
export async function openFolderCheckpoint(
  folder: string,
  model: string,
  step: number | null,
): Promise<Checkpoint> {
  return await folderCheckpoint(localFolder(folder), { model, step });
}
