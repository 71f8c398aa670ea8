/** Checkpoints that were handed over as files, such as those dropped on a page, and by web addresses. */

import { isPlainName } from "../files/plain_name.ts";
import { shown } from "../messages/shown.ts";
import { openBlobFile } from "./blob_file.ts";
import type { Checkpoint, CheckpointRun } from "./checkpoint.ts";
import { type FileOpener, FileTree } from "./file_tree.ts";
import { namedCheckpoint, NAMELESS } from "./folder_checkpoint.ts";
import { folderRun, singleRun } from "./folder_run.ts";
import { openAddress } from "./hub/address_file.ts";
import { withoutQuery } from "./hub/hub_connection.ts";
import type { TransferListeners } from "./hub/transfer_plan.ts";
import { isShardIndex } from "./open_weights.ts";
import { stepReader } from "./step_names.ts";
import { weightsStem } from "./weights_files.ts";

/** The bytes of a file: a `Blob` or `File`, of which ranges are read, what is in memory, or a web address. */
export type FileData = Blob | ArrayBuffer | Uint8Array | URL;

/** A file that is handed over. */
export interface GivenFile {
  /** Its name, behind those of the folders that it lies in and slashes: `nano-64/step0/config.json`. */
  readonly path: string;
  /** Its bytes. */
  readonly data: FileData;
  /** SHA-256 of a file at an address as lower-case hex, where it is known. */
  readonly sha256?: string | undefined;
}

/** How files that are handed over are opened. */
export interface OpenFilesOptions extends Pick<TransferListeners, "onWait"> {
  /** Pauses before each further try to read an address, in milliseconds; five of them, up to 8 s, unless given. */
  readonly pauses?: readonly number[] | undefined;
  /** The model's name where no folder's and no file's tells one; `model` unless given. */
  readonly name?: string | undefined;
  /** A regular expression for the whole names of steps, whose first group is the step, where they are named in a way of their own. */
  readonly stepsPattern?: string | undefined;
  /** The entry of files of `torch.save` that holds the weights, such as `ema`; the only one that does unless given. */
  readonly weights?: string | undefined;
}

/**
 * Open the checkpoints among some files as the run of a model: what `openRun` does with a folder on disk, without a disk.
 * The files of a folder that was dropped or chosen on a page have their path in `webkitRelativePath`.
 * Nothing is read but headers and configs until weights are.
 *
 * @category Checkpoints
 * @param files All files of the folder, or one file of weights; others among them are left alone.
 * @throws {Error} saying what was found and what is needed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openFiles } from "neuromfa/checkpoints";
 *
 * const data = await Deno.readFile("data/suite/nano-32/step0/model.safetensors");
 * const run = await openFiles([{ path: "nano-32/step0/model.safetensors", data }]);
 * assert.deepEqual([run.model, run.steps], ["nano-32", [0]]);
 * ```
 */
export async function openFiles(
  files: Iterable<GivenFile>,
  { name = NAMELESS, stepsPattern, weights, ...options }: OpenFilesOptions = {},
): Promise<CheckpointRun> {
  const read = stepsPattern === undefined ? undefined : stepReader(stepsPattern);
  let folder = FileTree.of(Array.from(files, (file) => [file.path, opener(file, options)]), name);
  let entries = await folder.entries();
  if (entries.length === 0) {
    throw new Error(
      "there are no files; pass those of a folder with checkpoints, or a file of weights",
    );
  }
  // A folder that was chosen lies alone in what is around it.
  if (entries.length === 1 && entries[0]!.isDirectory) {
    folder = folder.folder(entries[0]!.name);
    entries = await folder.entries();
  } else if (entries.every(({ isDirectory }) => !isDirectory)) {
    const ofWeights = entries.map(({ name }) => name)
      .filter((name) => weightsStem(name) !== null || isShardIndex(name));
    const only = entries.length === 1 ? entries[0]!.name : ofWeights[0];
    if (ofWeights.length === 1 || entries.length === 1) {
      return await singleRun(folder, only!, { weights }, read);
    }
  }
  return await folderRun(folder, { weights }, read);
}

/** How one file is opened. */
export interface OpenFileOptions extends Pick<OpenFilesOptions, "weights" | "onWait" | "pauses"> {
  /** Its name, whose ending tells the format; that of a `File` and the last of an address unless given, else `model.safetensors`. */
  readonly name?: string | undefined;
  /** SHA-256 of a file at an address as lower-case hex, where it is known. */
  readonly sha256?: string | undefined;
}

/**
 * Open a single file of weights: what `openCheckpoint` does with a file on disk.
 *
 * @category Checkpoints
 * @param data A `Blob` or `File`, bytes, or a web address.
 * @throws {Error} If it is no file of weights, or cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openFile } from "neuromfa/checkpoints";
 *
 * const bytes = await Deno.readFile("data/suite/nano-32/step0/model.safetensors");
 * const checkpoint = await openFile(bytes, { name: "nano-32.safetensors" });
 * assert.equal(checkpoint.model, "nano-32");
 * assert.deepEqual(checkpoint.tensors.get("embed_out.weight")!.shape, [80, 32]);
 * ```
 */
export async function openFile(
  data: FileData,
  { name = nameOf(data), weights, sha256, ...options }: OpenFileOptions = {},
): Promise<Checkpoint> {
  if (!isPlainName(name)) {
    throw new Error(`${shown(name)} is no name of a file; pass one such as "model.safetensors"`);
  }
  const folder = FileTree.of([[name, opener({ path: name, data, sha256 }, options)]], NAMELESS);
  return await namedCheckpoint(folder, name, weights);
}

function nameOf(data: FileData): string {
  const last = data instanceof URL ? decoded(data.pathname.split("/").at(-1)!) : null;
  return (last ?? (data instanceof Blob && "name" in data ? `${data.name}` : "")) ||
    "model.safetensors";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function opener(
  { path, data, sha256 }: GivenFile,
  { pauses, onWait }: Pick<OpenFilesOptions, "pauses" | "onWait">,
): FileOpener {
  if (data instanceof Blob) return (source) => openBlobFile(data, source);
  if (data instanceof URL) {
    const patience = pauses && { pauses: [...pauses] };
    const options = { sha256, patience, ...onWait && { onWait } };
    return () => openAddress(data, withoutQuery(data), options);
  }
  if (data instanceof ArrayBuffer || data instanceof Uint8Array) {
    const blob = new Blob([data as BlobPart]);
    return (source) => openBlobFile(blob, source);
  }
  throw new TypeError(
    `the data of ${shown(path)} is ${
      shown(data)
    }; pass a Blob, an ArrayBuffer, a Uint8Array or a URL`,
  );
}
