/** Digests of the weights themselves, whatever file holds them. */

import { sha256 } from "@noble/hashes/sha2.js";
import type { Checkpoint, RowRange, StoredValues, TensorInfo } from "./checkpoint.ts";
import { bytesPerValue, isFloatType, storedItems } from "./decode_values.ts";

/** Bytes of a tensor that are read and hashed together. */
const MOST_BYTES = 1 << 22;

/**
 * A digest, by SHA-256, of some matrices: number format, shape and values of each, −0 as 0. Names, the order of tensors,
 * metadata and the container are left out, so that one model saved twice has one digest. Values are read a piece at a time.
 */
export async function tensorDigest(
  checkpoint: Checkpoint,
  names: readonly string[],
): Promise<string> {
  return await digestOf(checkpoint, names, pieces);
}

/** The same over the first row of each matrix: two that differ are two models, two that are equal may be one. */
export async function tensorSketch(
  checkpoint: Checkpoint,
  names: readonly string[],
): Promise<string> {
  return await digestOf(checkpoint, names, () => [{ start: 0, end: 1 }]);
}

async function digestOf(
  checkpoint: Checkpoint,
  names: readonly string[],
  rowsOf: (tensor: TensorInfo) => Iterable<RowRange>,
): Promise<string> {
  const lines: string[] = [];
  for (const name of names) {
    const tensor = checkpoint.tensors.get(name)!;
    let line = `${tensor.dtype} ${tensor.shape.join(",")}`;
    for (const rows of rowsOf(tensor)) {
      const read = await checkpoint.read(name, [rows]);
      line += ` ${sha256(withoutNegativeZeros(read)).toHex()}`;
    }
    lines.push(`${line}\n`);
  }
  return sha256(new TextEncoder().encode(lines.sort().join(""))).toHex();
}

/** The names of the matrices of weights among some tensors: readable, with two axes longer than 1. */
export function matricesAmong({ tensors }: Checkpoint, names: readonly string[]): string[] {
  return names.filter((name) => {
    const { dtype, shape } = tensors.get(name)!;
    return isFloatType(dtype) && shape.filter((size) => size > 1).length > 1;
  });
}

/** Ranges of rows of a few megabytes each. */
function* pieces({ dtype, shape }: TensorInfo): Generator<RowRange> {
  const size = shape[0]!;
  const rowBytes = shape.slice(1).reduce((product, n) => product * n, bytesPerValue.get(dtype)!);
  const together = Math.max(1, Math.floor(MOST_BYTES / rowBytes));
  for (let start = 0; start < size; start += together) {
    yield { start, end: Math.min(size, start + together) };
  }
}

/** The bytes of values with every −0 as 0. */
function withoutNegativeZeros(stored: StoredValues): Uint8Array {
  const items = storedItems(stored);
  if (items instanceof Float64Array) {
    return new Uint8Array(items.map((value) => value + 0).buffer);
  }
  const negative = items instanceof Uint32Array ? 2 ** 31 : 2 ** 15;
  if (!items.includes(negative)) return stored.bytes;
  return new Uint8Array(items.map((item) => item === negative ? 0 : item).buffer);
}
