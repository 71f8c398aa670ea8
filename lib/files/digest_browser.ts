/** What a browser gets for `digest.ts`: its own digests take nothing in pieces, and exist on secure pages alone. */

import { sha1 as newSha1 } from "@noble/hashes/legacy.js";
import { sha256 as newSha256 } from "@noble/hashes/sha2.js";
import type { RunningDigest } from "./running_digest.ts";

/** Begin a SHA-256. */
export function sha256(): RunningDigest {
  return digestBy(newSha256);
}

/** Begin a SHA-1, by which git names what it keeps. */
export function sha1(): RunningDigest {
  return digestBy(newSha1);
}

function digestBy(algorithm: typeof newSha256 | typeof newSha1): RunningDigest {
  const hash = algorithm.create();
  return {
    update(part) {
      hash.update(typeof part === "string" ? new TextEncoder().encode(part) : part);
      return this;
    },
    hex: () => hash.digest().toHex(),
  };
}
