/** A checkpoint in a folder on the hub. */

import type { ByteSource } from "../byte_source.ts";
import type { Checkpoint } from "../checkpoint.ts";
import { configFile, weightsFile } from "../folder_checkpoint.ts";
import { readConfigFrom } from "../read_config.ts";
import { openSafetensors } from "../safetensors_file.ts";
import { someNames } from "../some_names.ts";
import type { FileRanges, TensorRows, Weights } from "../weights.ts";
import { HubFile } from "./hub_file.ts";
import type { ListedFile } from "./listed.ts";
import type { TransferListeners } from "./transfer_listeners.ts";
import type { TransferPlan } from "./transfer_plan.ts";

/** A folder on the hub. */
export interface HubFolder {
  /** What to call it in messages. */
  readonly source: string;
  /** The files in it, by name. */
  readonly files: ReadonlyMap<string, ListedFile>;
  /** Open one of them. */
  open(file: ListedFile): Promise<ByteSource>;
}

/** The files of a folder that hold the weights. */
export function weightsOf({ source, files }: HubFolder): ListedFile[] {
  const file = files.get(weightsFile);
  if (file) return [file];
  throw new Error(
    `${source} is no checkpoint: looked for ${weightsFile} (and ${configFile}) ` +
      `and found ${someNames([...files.keys()])}`,
  );
}

/**
 * Open the checkpoint in a folder on the hub: its config and the header of its weights are read.
 *
 * @throws {Error} naming the file, if there is none or one of its files is damaged.
 */
export async function openHubCheckpoint(
  folder: HubFolder,
  model: string,
  step: number,
  listeners: TransferListeners,
): Promise<Checkpoint> {
  const [file] = weightsOf(folder);
  const weights: Weights = await openSafetensors(await folder.open(file!));
  const config = folder.files.get(configFile);
  return {
    model,
    step,
    source: folder.source,
    config: config === undefined ? null : await readConfigFrom(await folder.open(config)),
    tensors: weights.tensors,
    digest: () => weights.digest(),
    read: (name, rows) => weights.read(name, rows),
    plan: async (requests) => (await farRanges(weights, requests)).plans(),
    prefetch: async (requests) => {
      const far = await farRanges(weights, requests);
      const plans = await far.plans();
      listeners.onPlan?.(step, plans);
      const planned = plans.reduce((sum, { bytes }) => sum + bytes, 0);
      let moved = 0;
      await far.bring((bytes) =>
        listeners.onProgress?.({ model, step, moved: moved += bytes, planned })
      );
    },
  };
}

/** Those of the requests' ranges that lie in files on the hub. */
async function farRanges(weights: Weights, requests: readonly TensorRows[]) {
  const far = (await weights.ranges(requests)).flatMap(({ file, ranges }: FileRanges) =>
    file instanceof HubFile ? [{ file, ranges }] : []
  );
  return {
    async plans(): Promise<TransferPlan[]> {
      return await Promise.all(far.map(({ file, ranges }) => file.plan(ranges)));
    },
    async bring(onBytes: (bytes: number) => void) {
      for (const { file, ranges } of far) await file.prefetch(ranges, onBytes);
    },
  };
}
