/** Build files as `torch.save` writes them, right or wrong in any way. */

import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js/lib/zip-core.js";
import { rowMajorStrides } from "../../lib/checkpoints/strided_rows.ts";
import { bytesPerValue } from "../../lib/checkpoints/decode_values.ts";
import { joined, littleEndian, pickle, stateDict, storage, tensor, text } from "./pickle_bytes.ts";

/** A contiguous tensor with its values. */
export interface TorchTensorBytes {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const storageTypes: Readonly<Record<string, string>> = {
  F64: "DoubleStorage",
  F32: "FloatStorage",
  F16: "HalfStorage",
  BF16: "BFloat16Storage",
  I64: "LongStorage",
  U8: "ByteStorage",
  BOOL: "BoolStorage",
};

/** The zip form of a state dict of these tensors. */
export async function torchZipBytes(tensors: readonly TorchTensorBytes[]): Promise<Uint8Array> {
  const entries: Record<string, Uint8Array> = { "archive/data.pkl": pickleOf(tensors) };
  tensors.forEach(({ bytes }, i) => entries[`archive/data/${i}`] = bytes);
  return await zipBytes({ ...entries, "archive/version": joined("3\n") });
}

/** The older form of a state dict of these tensors. */
export function torchLegacyBytes(tensors: readonly TorchTensorBytes[]): Uint8Array {
  return legacyBytes(
    pickleOf(tensors),
    tensors.map((_, i) => String(i)),
    tensors.flatMap(({ dtype, bytes }) => [
      littleEndian(bytes.length / bytesPerValue.get(dtype)!, 8),
      bytes,
    ]),
  );
}

/** A file of the older form from its parts. */
export function legacyBytes(
  model: Uint8Array,
  keys: readonly string[],
  data: readonly Uint8Array[],
  { magic = legacyMagic, version = 1001, little = true } = {},
): Uint8Array {
  const parts = [
    pickle(0x8a, 10, magic),
    pickle("M", littleEndian(version, 2)),
    pickle("}", text("little_endian"), little ? 0x88 : 0x89, "s"),
    model,
    pickle("](", ...keys.map(text), "e"),
    ...data,
  ];
  // Tensors can have megabytes: no list of single numbers here.
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    bytes.set(part, filled);
    filled += part.length;
  }
  return bytes;
}

const legacyMagic = joined(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);

/** A zip file of these entries, stored as they are unless a level of compression is given. */
export async function zipBytes(
  entries: Readonly<Record<string, Uint8Array>>,
  { level = 0, zip64 = false } = {},
): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level, zip64, useWebWorkers: false });
  const lastModDate = new Date(2000, 0, 1);
  for (const [name, bytes] of Object.entries(entries)) {
    await writer.add(name, new Uint8ArrayReader(bytes), { lastModDate });
  }
  return await writer.close();
}

function pickleOf(tensors: readonly TorchTensorBytes[]): Uint8Array {
  const entries = tensors.map(({ name, dtype, shape, bytes }, i) => {
    const count = bytes.length / bytesPerValue.get(dtype)!;
    const of = storage(storageTypes[dtype]!, String(i), count);
    return [name, tensor(of, { shape, strides: rowMajorStrides(shape) })];
  });
  return pickle(stateDict(Object.fromEntries(entries)));
}
