/** One checkpoint by the path of its folder or its file. */

import { withHeadMatrices } from "./head_matrices.ts";
import { basename, dirname, extname, join, resolve } from "node:path";
import { exists, listFolder } from "../files/list_files.ts";
import { ADAPTER_CONFIG } from "./adapter_config.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { hubEnvironment, parseHubName } from "./hub/hub_environment.ts";
import { openLocalFile } from "./local_file.ts";
import { openWeights, weightsFiles } from "./open_weights.ts";
import { CONFIG_FILE, readConfig } from "./read_config.ts";
import { namedStep, namedStepOfFile } from "./step_names.ts";
import { checkpointOf, type Weights } from "./weights.ts";
import { wholeWeights } from "./whole_weights.ts";
import { weightsFileOf, weightsStem } from "./weights_files.ts";

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
    return await openHubRevision(parseHubName(path), await hubEnvironment(), { weights });
  }
  const source = resolve(path);
  const isFile = (await Deno.stat(source).catch(() => null))?.isFile ?? false;
  const folder = isFile ? dirname(source) : source;
  const ofFolder = namedStep(basename(folder));
  const model = ofFolder?.before || basename(ofFolder === null ? folder : dirname(folder));
  if (!isFile) return await openFolderCheckpoint(source, model, ofFolder?.step ?? null, weights);
  const file = basename(source);
  if (/-\d+-of-\d+\.\w+$/.test(file)) {
    throw new Error(`${source} is one of several shards; pass its folder, ${folder}`);
  }
  const stem = weightsStem(file) ?? basename(file, extname(file));
  const ofFile = ofFolder === null ? namedStepOfFile(stem) : null;
  const isOwn = ofFile === null && !weightsFiles.includes(file);
  const name = isOwn ? stem : ofFile?.before || model;
  return await openFileCheckpoint(source, name, (ofFolder ?? ofFile)?.step ?? null, weights);
}

/**
 * Open the checkpoint in a folder: the first of the weights' files that is there and, where it exists, `config.json`. Headers
 * and the config are read; values only when they are asked for.
 */
export async function openFolderCheckpoint(
  folder: string,
  model: string,
  step: number | null,
  key?: string,
): Promise<Checkpoint> {
  const names = (await listFolder(folder)).map((entry) => entry.name);
  const path = join(folder, weightsFileOf(names, folder));
  return { ...await openFileCheckpoint(path, model, step, key), source: folder };
}

/** The checkpoint whose weights are in a file or an index of shards; its `config.json` is the one beside it. */
export async function openFileCheckpoint(
  path: string,
  model: string,
  step: number | null,
  key?: string,
): Promise<Checkpoint> {
  const folder = dirname(path);
  const weights = await openWholeFile(folder, basename(path), path, key);
  const own = readConfig(join(folder, CONFIG_FILE));
  const isAdapter = own === null && await exists(join(folder, ADAPTER_CONFIG));
  const config = isAdapter ? readConfig(join(folder, "..", BASE_FOLDER, CONFIG_FILE)) : own;
  return withHeadMatrices(checkpointOf(weights, { model, step, source: path, config }, key));
}

/** The folder beside that of an adapter with the model that it belongs to. */
const BASE_FOLDER = "base";

/** Open weights with everything that belongs to them; an adapter's are those of the model in the folder `base` beside it. */
async function openWholeFile(
  folder: string,
  file: string,
  source: string,
  key?: string,
): Promise<Weights> {
  const open = (name: string, key?: string) =>
    openWeights(name, (part) => openLocalFile(join(folder, part)), key);
  return await wholeWeights(await open(file, key), {
    source,
    open,
    find: async (name) =>
      await exists(join(folder, name)) ? openLocalFile(join(folder, name)) : null,
    async base() {
      const beside = join(folder, "..", BASE_FOLDER);
      if (!await exists(beside) || resolve(beside) === resolve(folder)) return null;
      const names = (await listFolder(beside)).map((entry) => entry.name);
      return await openWholeFile(beside, weightsFileOf(names, beside), beside);
    },
  });
}
