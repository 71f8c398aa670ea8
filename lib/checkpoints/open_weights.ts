/** Open weights in whichever of the formats they are. */

import type { ByteSource } from "./byte_source.ts";
import { openSafetensors } from "./safetensors_file.ts";
import { openSharded } from "./sharded_weights.ts";
import { openTorchFile } from "./torch/torch_file.ts";
import type { Weights } from "./weights.ts";

/** The files that a checkpoint's weights can be in; where there are several, the first is read. */
export const weightsFiles: readonly string[] = [
  "model.safetensors",
  "model.safetensors.index.json",
  "pytorch_model.bin",
  "pytorch_model.bin.index.json",
];

/**
 * Open a file of weights by its name: safetensors, an index of shards, or else a file of `torch.save`.
 *
 * @param openFile Opens a file of the same folder by its name, the shards of an index among them.
 * @throws {Error} if a file cannot be opened or is damaged.
 */
export async function openWeights(
  name: string,
  openFile: (name: string) => ByteSource | Promise<ByteSource>,
): Promise<Weights> {
  if (!name.endsWith(".index.json")) return await openFileOf(name, openFile);
  return await openSharded(await openFile(name), (shard) => openFileOf(shard, openFile));
}

async function openFileOf(
  name: string,
  openFile: (name: string) => ByteSource | Promise<ByteSource>,
): Promise<Weights> {
  const file = await openFile(name);
  return await (name.endsWith(".safetensors") ? openSafetensors(file) : openTorchFile(file));
}
