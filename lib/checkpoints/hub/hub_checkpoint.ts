/** A checkpoint in a folder on the hub. */

import type { ByteSource } from "../byte_source.ts";
import type { Checkpoint, TensorRows } from "../checkpoint.ts";
import { CONFIG_FILE } from "../folder_checkpoint.ts";
import { withHeadMatrices } from "../head_matrices.ts";
import { openWeights, weightsFiles } from "../open_weights.ts";
import { readConfigFrom } from "../read_config.ts";
import { shown, someNames } from "../../messages/shown.ts";
import type { FileRanges, Weights } from "../weights.ts";
import { HubFile } from "./hub_file.ts";
import type { ListedFile } from "./hub_listing.ts";
import type { TransferListeners, TransferPlan } from "../transfer.ts";

/** A folder on the hub. */
export interface HubFolder {
  /** What to call it in messages. */
  readonly source: string;
  /** The files in it, by name. */
  readonly files: ReadonlyMap<string, ListedFile>;
  /** Open one of them. */
  open(file: ListedFile): Promise<ByteSource>;
}

/**
 * The name of the file to open for the weights: the first that is there.
 *
 * @throws {Error} if there is none.
 */
function weightsFileOf({ source, files }: HubFolder): string {
  const name = weightsFiles.find((name) => files.has(name));
  if (name !== undefined) return name;
  throw new Error(
    `${source} is no checkpoint: looked for ${weightsFiles.join(", ")} (and ${CONFIG_FILE}) ` +
      `and found ${someNames([...files.keys()])}`,
  );
}

/**
 * The contents of the files that hold the weights, the shards and not their index.
 *
 * @throws {Error} if there are none.
 */
export function weightsContents(folder: HubFolder): string[] {
  const name = weightsFileOf(folder);
  const [, stem, extension] = /^(.*)\.(\w+)\.index\.json$/.exec(name) ?? [];
  if (stem === undefined) return [folder.files.get(name)!.content];
  return [...folder.files].filter(([shard]) =>
    shard.startsWith(`${stem}-`) && shard.endsWith(`.${extension}`)
  ).map(([, { content }]) => content);
}

/**
 * Open the checkpoint in a folder on the hub: its config and the header of its weights are read.
 *
 * @throws {Error} naming the file, if there is none or one of its files is damaged.
 */
export async function openHubCheckpoint(
  folder: HubFolder,
  model: string,
  step: number | null,
  listeners: TransferListeners,
): Promise<Checkpoint> {
  const weights = await openWeights(weightsFileOf(folder), async (name) => {
    const file = folder.files.get(name);
    if (file) return await folder.open(file);
    throw new Error(`${folder.source} has no file ${shown(name)}; get the model from elsewhere`);
  });
  const config = folder.files.get(CONFIG_FILE);
  return withHeadMatrices({
    model,
    step,
    source: folder.source,
    config: config === undefined ? null : await readConfigFrom(await folder.open(config)),
    tensors: weights.tensors,
    digest: () => weights.digest(),
    read: (name, rows, into) => weights.read(name, rows, into),
    readAll: (requests, into) => weights.readAll(requests, into),
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
  });
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
