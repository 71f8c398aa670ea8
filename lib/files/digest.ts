/** SHA-2 and SHA-1 of bytes that come in pieces, by what the system has; in a browser `digest_browser.ts` stands for this. */

import { createHash } from "node:crypto";

/** A digest of all parts so far. */
export interface Digest {
  /** Add bytes, or a text in UTF-8. */
  update(part: Uint8Array | string): Digest;
  /** The digest as lower-case hex; nothing can be added after that. */
  hex(): string;
}

/** Begin a SHA-256. */
export function sha256(): Digest {
  return digestBy("sha256");
}

/** Begin a SHA-1, by which git names what it keeps. */
export function sha1(): Digest {
  return digestBy("sha1");
}

function digestBy(algorithm: "sha1" | "sha256"): Digest {
  const hash = createHash(algorithm);
  return {
    update(part) {
      hash.update(part);
      return this;
    },
    hex: () => hash.digest("hex"),
  };
}
