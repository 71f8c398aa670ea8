/** What a browser gets for `inflate.ts`: its own way to undo deflate cannot be waited for in one step. */

import crc from "crc-32";
import { Inflate, inflateSync } from "fflate";

/** CRC-32 of some bytes. */
export function crc32(bytes: Uint8Array): number {
  return crc.buf(bytes) >>> 0;
}

/**
 * What some bytes were before deflate compressed them; throws if they are none of deflate's, end too
 * early, or become more than `most` bytes.
 */
export function inflate(bytes: Uint8Array, most: number): Uint8Array {
  // What does not fit is dropped without a word, so that one byte more is offered than may come.
  const inflated = inflateSync(bytes, { out: new Uint8Array(most + 1) });
  if (inflated.length <= most) return inflated;
  throw new RangeError(`more than ${most} bytes`);
}

/** As much as the first bytes of something compressed tell of it; throws if they are none of deflate's. */
export function inflateFront(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  new Inflate((part) => parts.push(part)).push(bytes, false);
  const front = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) {
    front.set(part, filled);
    filled += part.length;
  }
  return front;
}
