/** A safetensors file on disk whose tensors are read by ranges of rows. */

import { createHash } from "node:crypto";
import { closest } from "fastest-levenshtein";
import type { FloatType, RowRange, StoredValues } from "./checkpoint.ts";
import { floatTypes, isFloatType } from "./dtypes.ts";
import { mergeAdjacentRows } from "./merge_adjacent_rows.ts";
import {
  headerPrefixBytes,
  parseSafetensorsHeader,
  safetensorsHeaderBytes,
  type StoredTensor,
} from "./safetensors_header.ts";
import { shown } from "./shown.ts";

const digestChunkBytes = 1 << 20;

/** An opened safetensors file; no file handle is held between calls. */
export interface SafetensorsFile {
  /** Every tensor by name, in the order of the file's bytes. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** SHA-256 over the whole file as lower-case hex, computed at the first call. */
  digest(): Promise<string>;
  /** Read a tensor, or ranges of its rows in the order given; see `Checkpoint.read`. */
  read(name: string, rows?: readonly RowRange[]): Promise<StoredValues>;
}

/**
 * Open a safetensors file: its header is read and checked, no values yet.
 *
 * @throws {Error} if the header is not what the format requires. Every later read throws if the file
 * is no longer the one that was opened.
 */
export async function openSafetensorsFile(path: string): Promise<SafetensorsFile> {
  const opened = await statFile(path);
  using file = await openUnchanged(path, opened);
  const prefix = new Uint8Array(Math.min(opened.size, headerPrefixBytes));
  await fill(prefix, file, path, 0);
  const header = new Uint8Array(safetensorsHeaderBytes(prefix, opened.size, path));
  await fill(header, file, path, headerPrefixBytes);
  const tensors = parseSafetensorsHeader(header, opened.size, path);
  return new OpenedSafetensorsFile(path, opened, tensors);
}

class OpenedSafetensorsFile implements SafetensorsFile {
  #digest: Promise<string> | undefined;

  constructor(
    private readonly path: string,
    private readonly opened: Deno.FileInfo,
    readonly tensors: ReadonlyMap<string, StoredTensor>,
  ) {}

  digest(): Promise<string> {
    this.#digest ??= this.#computeDigest();
    return this.#digest;
  }

  async #computeDigest(): Promise<string> {
    using file = await openUnchanged(this.path, this.opened);
    const hash = createHash("sha256");
    const chunk = new Uint8Array(Math.min(this.opened.size, digestChunkBytes));
    for (let position = 0; position < this.opened.size; position += chunk.length) {
      const part = chunk.subarray(0, this.opened.size - position);
      await fill(part, file, this.path, position);
      hash.update(part);
    }
    checkUnchanged(this.path, this.opened, await file.stat());
    return hash.digest("hex");
  }

  async read(name: string, rows?: readonly RowRange[]): Promise<StoredValues> {
    const tensor = this.#tensor(name);
    const size = tensor.shape[0] ?? 1;
    const ranges = rows ?? [{ start: 0, end: size }];
    if (rows) this.#checkRows(tensor, rows);
    const rowBytes = size === 0 ? 0 : (tensor.end - tensor.begin) / size;
    const count = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
    const bytes = new Uint8Array(count * rowBytes);
    using file = await openUnchanged(this.path, this.opened);
    let filled = 0;
    for (const { start, end } of mergeAdjacentRows(ranges)) {
      const part = bytes.subarray(filled, filled += (end - start) * rowBytes);
      await fill(part, file, this.path, tensor.begin + start * rowBytes);
    }
    checkUnchanged(this.path, this.opened, await file.stat());
    const shape = tensor.shape.length === 0 ? [] : [count, ...tensor.shape.slice(1)];
    return { dtype: tensor.dtype, shape, bytes };
  }

  #tensor(name: string): StoredTensor & { readonly dtype: FloatType } {
    const tensor = this.tensors.get(name);
    if (!tensor) {
      const names = [...this.tensors.keys()];
      const advice = names.length === 0
        ? "it is empty"
        : `the nearest is ${shown(closest(name, names))}`;
      throw new Error(`${this.path} has no tensor ${shown(name)}; ${advice}`);
    }
    const { dtype } = tensor;
    if (isFloatType(dtype)) return { ...tensor, dtype };
    throw new Error(
      `tensor ${shown(name)} of ${this.path} is stored as ${dtype}, which cannot be read as ` +
        `weights; ${floatTypes.join(", ")} can`,
    );
  }

  #checkRows({ name, shape }: StoredTensor, rows: readonly RowRange[]) {
    const tensor = `tensor ${shown(name)} of ${this.path}`;
    const size = shape[0];
    if (size === undefined) throw new Error(`${tensor} is a single number and has no rows`);
    for (const { start, end } of rows) {
      const whole = Number.isInteger(start) && Number.isInteger(end);
      if (whole && 0 <= start && start <= end && end <= size) continue;
      throw new Error(`rows ${start} to ${end} of ${tensor} do not exist; it has ${size}`);
    }
  }
}

async function statFile(path: string): Promise<Deno.FileInfo> {
  const info = await Deno.stat(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) throw new Error(`${path} does not exist`);
    throw error;
  });
  if (info.isFile) return info;
  throw new Error(`${path} is no file; pass the path of a safetensors file`);
}

/** Open the file that `opened` describes; the caller checks again after reading. */
async function openUnchanged(path: string, opened: Deno.FileInfo): Promise<Deno.FsFile> {
  checkUnchanged(path, opened, await statFile(path));
  return await Deno.open(path);
}

function checkUnchanged(path: string, opened: Deno.FileInfo, { size, mtime, ino }: Deno.FileInfo) {
  if (size === opened.size && mtime?.getTime() === opened.mtime?.getTime() && ino === opened.ino) {
    return;
  }
  throw new Error(`${path} changed after it was opened; run again when it is complete`);
}

async function fill(bytes: Uint8Array, file: Deno.FsFile, path: string, position: number) {
  await file.seek(position, Deno.SeekMode.Start);
  for (let filled = 0; filled < bytes.length;) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) {
      throw new Error(
        `${path} ended at byte ${
          position + filled
        } while it was read; run again when it is complete`,
      );
    }
    filled += count;
  }
}
