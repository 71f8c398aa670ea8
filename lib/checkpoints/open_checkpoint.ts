/** One checkpoint by the path of its folder or its file. */

import { basename, dirname, extname, resolve } from "node:path";
import type { Checkpoint, CheckpointRun } from "./checkpoint.ts";
import { openFileCheckpoint, openFolderCheckpoint } from "./folder_checkpoint.ts";
import { hubEnvironment, parseHubName } from "./hub/hub_environment.ts";
import { weightsFiles } from "./open_weights.ts";
import { stepOfFolder } from "./step_folder.ts";

/**
 * Open a single checkpoint: a folder with weights, or a file of weights (safetensors, a file of `torch.save`, or
 * an index of shards). The step is what the folder's name tells (`step1000`), `null` if it tells none; the
 * model is named after the folder, or the folder around one that tells a step, and after a file that has
 * a name of its own (`resnet50.pth`). On the Hugging Face hub it is a revision, the main branch unless another is
 * named.
 *
 * @category Checkpoints
 * @param path Path of the folder or the file, or `hf:<owner>/<model>` or `hf:<owner>/<model>@<revision>`.
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
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  if (path.startsWith("hf:")) {
    const { openHubRevision } = await import("./hub/hub_run.ts");
    return await openHubRevision(parseHubName(path), await hubEnvironment());
  }
  const source = resolve(path);
  const isFile = (await Deno.stat(source).catch(() => null))?.isFile ?? false;
  const folder = isFile ? dirname(source) : source;
  const step = stepOfFolder(basename(folder));
  const model = basename(step === null ? folder : dirname(folder));
  if (!isFile) return await openFolderCheckpoint(source, model, step);
  const file = basename(source);
  if (/-\d+-of-\d+\.\w+$/.test(file)) {
    throw new Error(`${source} is one of several shards; pass its folder, ${folder}`);
  }
  const ownName = weightsFiles.includes(file) ? model : basename(file, extname(file));
  return await openFileCheckpoint(source, ownName, step);
}

/**
 * Open a single checkpoint as a run of one step, the one that its folder's name tells.
 *
 * @param path Path of the checkpoint's folder or file.
 * @throws {Error} as {@linkcode openCheckpoint} does, or if the folder's name tells no step: a number that nothing
 * tells would stand in every table.
 */
export async function openSingleRun(path: string): Promise<CheckpointRun> {
  const checkpoint = await openCheckpoint(path);
  const { model, source, step } = checkpoint;
  if (step === null) {
    throw new Error(
      `${source} is a single checkpoint whose folder's name tells no training step, which a run needs; ` +
        `rename the folder to step<N>, and put the folders of a model's steps into one folder to compare them`,
    );
  }
  return {
    model,
    source,
    steps: [step],
    checkpoint(asked) {
      if (asked === step) return Promise.resolve(checkpoint);
      return Promise.reject(
        new Error(`checkpoint step ${asked} of ${model} is not there; steps: ${step}`),
      );
    },
  };
}
