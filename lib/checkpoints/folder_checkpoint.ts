/** A checkpoint that lies in a folder of its own, as Hugging Face tools save it. */

import { basename, dirname, join } from "node:path";
import type { Checkpoint } from "./checkpoint.ts";
import { withHeadMatrices } from "./head_matrices.ts";
import { openLocalFile } from "./local_file.ts";
import { openWeights, weightsFiles } from "./open_weights.ts";
import { readConfig } from "./read_config.ts";
import { someNames } from "../messages/shown.ts";
import { systemFault } from "../files/system_fault.ts";

/** The file with the model's sizes; a checkpoint can do without. */
export const CONFIG_FILE = "config.json";

/**
 * Open the checkpoint in `folder`: the first of the weights' files that is there, which are
 * `model.safetensors`, sharded safetensors, `pytorch_model.bin` and sharded `.bin`, and, where it exists,
 * `config.json`. Headers and the config are read; values only when they are asked for.
 *
 * @param folder Path of the folder.
 * @param model The model's name.
 * @param step The training step, or `null` if unknown.
 * @throws {Error} naming the file, if the folder holds no checkpoint or one of its files is damaged.
 */
export async function openFolderCheckpoint(
  folder: string,
  model: string,
  step: number | null,
): Promise<Checkpoint> {
  const names = (await listFolder(folder)).map((entry) => entry.name);
  const file = weightsFiles.find((name) => names.includes(name));
  if (file === undefined) {
    throw new Error(
      `${folder} is no checkpoint: looked for ${weightsFiles.join(", ")} (and ${CONFIG_FILE}) ` +
        `and found ${someNames(names)}`,
    );
  }
  return { ...await openFileCheckpoint(join(folder, file), model, step), source: folder };
}

/**
 * Open the checkpoint whose weights are in the file `path`, an index of shards among them; its `config.json` is
 * the one beside it.
 *
 * @throws {Error} naming the file, if it does not exist or is damaged.
 */
export async function openFileCheckpoint(
  path: string,
  model: string,
  step: number | null,
): Promise<Checkpoint> {
  const folder = dirname(path);
  const weights = await openWeights(basename(path), (name) => openLocalFile(join(folder, name)));
  return withHeadMatrices({
    model,
    step,
    source: path,
    config: readConfig(join(folder, CONFIG_FILE)),
    tensors: weights.tensors,
    digest: () => weights.digest(),
    read: (name, rows, into) => weights.read(name, rows, into),
    readAll: (requests, into) => weights.readAll(requests, into),
  });
}

/**
 * The entries of a folder, sorted by name.
 *
 * @throws {Error} if there is no such folder.
 */
export async function listFolder(path: string): Promise<Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(path));
    return entries.sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Error(`${path} does not exist; check the path`);
    }
    if (error instanceof Deno.errors.NotADirectory) {
      throw new Error(`${path} is no folder; pass the folder it is in`);
    }
    throw systemFault(error, path, "read");
  }
}
