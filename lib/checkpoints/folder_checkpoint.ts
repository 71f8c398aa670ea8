/** A checkpoint that lies in a folder of its own, as Hugging Face tools save it. */

import { join } from "node:path";
import type { Checkpoint } from "./checkpoint.ts";
import { listFolder } from "./list_folder.ts";
import { someNames } from "./some_names.ts";
import { readConfig } from "./read_config.ts";
import { openLocalFile } from "./local_file.ts";
import { openSafetensors } from "./safetensors_file.ts";

/** The file with the weights. */
export const weightsFile = "model.safetensors";

/** The file with the model's sizes; a checkpoint can do without. */
export const configFile = "config.json";

/**
 * Open the checkpoint in `folder`: `model.safetensors` and, where it exists, `config.json`. The header
 * and the config are read; values only when they are asked for.
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
  if (!names.includes(weightsFile)) {
    throw new Error(
      `${folder} is no checkpoint: looked for ${weightsFile} (and ${configFile}) ` +
        `and found ${someNames(names)}`,
    );
  }
  const weights = await openSafetensors(await openLocalFile(join(folder, weightsFile)));
  return {
    model,
    step,
    source: folder,
    config: await readConfig(join(folder, configFile)),
    tensors: weights.tensors,
    digest: () => weights.digest(),
    read: (name, rows) => weights.read(name, rows),
  };
}
