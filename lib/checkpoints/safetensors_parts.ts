/** The bytes of a safetensors file. */

import { bytesPerValue } from "./decode_values.ts";
import { shownName } from "../messages/shown.ts";

/** A tensor to be written, in any number format that safetensors names. */
export interface TensorPart {
  /** Name in the file. */
  readonly name: string;
  /** Number format of {@linkcode bytes}, under its name in safetensors. */
  readonly dtype: string;
  /** Sizes, outermost first. */
  readonly shape: readonly number[];
  /** The values as little-endian bytes, row-major. */
  readonly bytes: Uint8Array;
}

/**
 * The header of a file and then the values of its tensors: widest number format first and names in alphabetical order
 * within it, so that the same tensors give the same bytes.
 *
 * @param path What the file will be called, for messages.
 * @param tensors The tensors.
 * @param metadata Names and texts that are kept in front of them.
 * @throws {Error} if a name occurs twice or is `__metadata__`, or bytes and shape disagree.
 */
export function safetensorsParts(
  path: string,
  tensors: Iterable<TensorPart>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const ordered = [...tensors].sort(byWidthThenName);
  return [headerOf(path, ordered, metadata), ...ordered.map(({ bytes }) => bytes)];
}

function byWidthThenName(a: TensorPart, b: TensorPart): number {
  const width = bytesPerValue.get(b.dtype)! - bytesPerValue.get(a.dtype)!;
  return width || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function headerOf(
  path: string,
  tensors: readonly TensorPart[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries = new Map<string, unknown>([["__metadata__", metadata]]);
  let offset = 0;
  for (const { name, dtype, shape, bytes } of tensors) {
    if (entries.has(name)) {
      throw new Error(
        `cannot write ${path}: the tensor name ${shownName(name)} is taken; give each its own`,
      );
    }
    const expected = shape.reduce((product, size) => product * size, bytesPerValue.get(dtype)!);
    if (bytes.byteLength !== expected) {
      throw new Error(
        `cannot write ${path}: tensor ${
          shownName(name)
        } of shape [${shape}] and dtype ${dtype} takes ` +
          `${expected} bytes but ${bytes.byteLength} were given`,
      );
    }
    entries.set(name, { dtype, shape, data_offsets: [offset, offset += expected] });
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const padded = Math.ceil(json.length / 8) * 8;
  const header = new Uint8Array(8 + padded).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true);
  header.set(json, 8);
  return header;
}
