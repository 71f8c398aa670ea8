/** Damage that any file can take. */

import { type Mutator, nastyTexts } from "./mutator.ts";

/** Bytes that mean something in many formats. */
const telling = [0, 1, 2, 10, 34, 44, 127, 128, 255];

/** `part` put in place of the `removed` bytes from `at` on. */
export function spliced(
  bytes: Uint8Array,
  at: number,
  removed: number,
  part: Uint8Array,
): Uint8Array {
  const end = Math.min(bytes.length, at + removed);
  const changed = new Uint8Array(at + part.length + bytes.length - end);
  changed.set(bytes.subarray(0, at));
  changed.set(part, at);
  changed.set(bytes.subarray(end), at + part.length);
  return changed;
}

/** Damage that any file can take. */
export const byteMutators: readonly Mutator[] = [
  function flipBit(bytes, random) {
    const changed = bytes.slice(), at = random.integer(0, bytes.length);
    if (at < bytes.length) changed[at]! ^= 1 << random.integer(0, 7);
    return changed;
  },
  function changeByte(bytes, random) {
    const changed = bytes.slice(), at = random.integer(0, bytes.length);
    if (at < bytes.length) changed[at] = random.pick(telling);
    return changed;
  },
  function changeLength(bytes, random) {
    // A little-endian number of 1, 2, 4 or 8 bytes.
    const size = 2 ** random.integer(0, 3),
      at = random.integer(0, Math.max(0, bytes.length - size));
    const value = random.pick([0n, 1n, BigInt(bytes.length), 2n ** 31n, 2n ** 53n, 2n ** 64n - 1n]);
    const number = Uint8Array.from(
      { length: size },
      (_, i) => Number(value >> BigInt(8 * i) & 255n),
    );
    return spliced(bytes, at, size, number);
  },
  function cut(bytes, random) {
    return bytes.slice(0, random.integer(0, bytes.length));
  },
  function remove(bytes, random) {
    return spliced(
      bytes,
      random.integer(0, bytes.length),
      random.integer(0, 8),
      new Uint8Array(),
    );
  },
  function repeat(bytes, random) {
    const at = random.integer(0, bytes.length);
    const block = bytes.subarray(at, at + random.integer(1, 40));
    const times = random.pick([1, 2, 16, 1000]);
    const part = new Uint8Array(times * block.length);
    for (let i = 0; i < times; i++) part.set(block, i * block.length);
    return spliced(bytes, at, 0, part);
  },
  function move(bytes, random) {
    const from = random.integer(0, bytes.length), count = random.integer(0, 64);
    return spliced(bytes, random.integer(0, bytes.length), count, bytes.slice(from, from + count));
  },
  function insertText(bytes, random) {
    const text = new TextEncoder().encode(random.pick(nastyTexts));
    return spliced(bytes, random.integer(0, bytes.length), random.pick([0, 0, 1, 4, 8]), text);
  },
  function append(bytes, random) {
    return spliced(bytes, bytes.length, 0, new Uint8Array(random.integer(1, 8)));
  },
];
