/** Undoing deflate, by what the system has; in a browser `inflate_browser.ts` stands for this. */

import { constants, inflateRawSync } from "node:zlib";

export { crc32 } from "node:zlib";

/**
 * What some bytes were before deflate compressed them; throws if they are none of deflate's, end too
 * early, or become more than `most` bytes.
 */
export function inflate(bytes: Uint8Array, most: number): Uint8Array {
  const { buffer, byteOffset, length } = inflateRawSync(bytes, {
    maxOutputLength: Math.max(1, most),
  });
  return new Uint8Array(buffer, byteOffset, length);
}

/** As much as the first bytes of something compressed tell of it; throws if they are none of deflate's. */
export function inflateFront(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = inflateRawSync(bytes, {
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return new Uint8Array(buffer, byteOffset, length);
}
