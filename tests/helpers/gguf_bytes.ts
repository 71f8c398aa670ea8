/** Build GGUF files by hand. */

import { joined, littleEndian } from "./pickle_bytes.ts";

/** A tensor of a GGUF file; its sizes are in the order of the file, the fastest first. */
export interface GgufTensorBytes {
  readonly name: string;
  readonly type: number;
  readonly sizes: readonly number[];
  readonly bytes: Uint8Array;
  readonly offset?: number;
}

const text = (value: string) => joined(littleEndian(value.length, 8), value);

/** A file of version 3 with these tensors, and these texts and whole numbers. */
export function ggufBytes(
  tensors: readonly GgufTensorBytes[],
  entries: Readonly<Record<string, string | number>> = { "general.architecture": "llama" },
): Uint8Array {
  const values = Object.entries(entries).map(([key, value]) =>
    typeof value === "number"
      ? joined(text(key), littleEndian(4, 4), littleEndian(value, 4))
      : joined(text(key), littleEndian(8, 4), text(value))
  );
  let at = 0;
  const infos = tensors.map(({ name, type, sizes, bytes, offset }) => {
    const dimensions = sizes.map((size) => littleEndian(size, 8));
    const place = offset ?? at;
    at += Math.ceil(bytes.length / 32) * 32;
    return joined(
      text(name),
      littleEndian(sizes.length, 4),
      ...dimensions,
      littleEndian(type, 4),
      littleEndian(place, 8),
    );
  });
  const header = joined(
    "GGUF",
    littleEndian(3, 4),
    littleEndian(tensors.length, 8),
    littleEndian(values.length, 8),
    ...values,
    ...infos,
  );
  const padded = (bytes: Uint8Array) => joined(bytes, new Uint8Array(-bytes.length & 31));
  return joined(padded(header), ...tensors.map(({ bytes }) => padded(bytes)));
}
