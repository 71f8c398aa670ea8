/** Write a safetensors file: all of it or nothing. */

import { writing } from "../files/system_fault.ts";
import { shownName } from "../messages/shown.ts";
import type { FloatType } from "./checkpoint.ts";
import { bytesPerValue } from "./decode_values.ts";

/** A tensor to be written: values as little-endian bytes, row-major. */
export interface TensorBytes {
  /** Name in the file, e.g. `embed_out.weight`. */
  readonly name: string;
  /** Number format of {@linkcode bytes}. */
  readonly dtype: FloatType;
  /** Sizes, outermost first. */
  readonly shape: readonly number[];
  /** The values; typed arrays over a buffer of their own can be passed as `new Uint8Array(values.buffer)`. */
  readonly bytes: Uint8Array;
}

/**
 * Write tensors to `path` as safetensors, widest number format first and names in alphabetical order
 * within it, as Hugging Face tools do, with the metadata `{ format: "pt" }`. The same tensors give the
 * same bytes. The file appears under its name only when it is whole.
 *
 * @throws {Error} if a name occurs twice or is `__metadata__`, or bytes and shape disagree.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { writeSafetensors } from "neuromfa/checkpoints";
 *
 * const path = await Deno.makeTempFile();
 * const bytes = new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer);
 * await writeSafetensors(path, [{ name: "w", dtype: "F32", shape: [2, 2], bytes }]);
 * assert.equal((await Deno.stat(path)).size, 8 + 88 + 16); // length, header, values
 * await Deno.remove(path);
 * ```
 */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<TensorBytes>,
): Promise<void> {
  const parts = safetensorsParts(path, tensors, { format: "pt" });
  const partial = `${path}.${Deno.pid}.partial`;
  try {
    await writing(path, async () => {
      using file = await Deno.open(partial, { write: true, create: true, truncate: true });
      for (const bytes of parts) await writeAll(file, bytes);
      await file.syncData();
      await Deno.rename(partial, path);
    });
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array) {
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
}

/** A tensor to be written, in any number format that safetensors names. */
export type TensorPart = Omit<TensorBytes, "dtype"> & { readonly dtype: string };

/** The header of a file, with the metadata in front, and then the values of its tensors in the order of the format. */
export function safetensorsParts(
  path: string,
  tensors: Iterable<TensorPart>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const ordered = [...tensors].sort((a, b) => {
    const width = bytesPerValue.get(b.dtype)! - bytesPerValue.get(a.dtype)!;
    return width || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  });
  const entries = new Map<string, unknown>([["__metadata__", metadata]]);
  let offset = 0;
  for (const { name, dtype, shape, bytes } of ordered) {
    if (entries.has(name)) {
      throw new Error(
        `cannot write ${path}: the tensor name ${shownName(name)} is taken; give each its own`,
      );
    }
    const expected = shape.reduce((product, size) => product * size, bytesPerValue.get(dtype)!);
    if (bytes.byteLength !== expected) {
      const tensor = `tensor ${shownName(name)} of shape [${shape}] and dtype ${dtype}`;
      throw new Error(
        `cannot write ${path}: ${tensor} takes ${expected} bytes but ${bytes.byteLength} were given`,
      );
    }
    entries.set(name, { dtype, shape, data_offsets: [offset, offset += expected] });
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const padded = Math.ceil(json.length / 8) * 8;
  const header = new Uint8Array(8 + padded).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true);
  header.set(json, 8);
  return [header, ...ordered.map(({ bytes }) => bytes)];
}
