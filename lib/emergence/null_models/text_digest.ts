/** A digest of words that say what something was made of. */

import { sha256 } from "@noble/hashes/sha2.js";

/** SHA-256 of a text in UTF-8, lower-case hex. */
export function textDigest(text: string): string {
  return sha256(new TextEncoder().encode(text)).toHex();
}
