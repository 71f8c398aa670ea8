/** SHA-2 and SHA-1 of bytes that come in pieces, by what the system has; in a browser `digest_browser.ts` stands for this. */

import { createHash } from "node:crypto";
import type { RunningDigest } from "./running_digest.ts";

/** Begin a SHA-256. */
export function sha256(): RunningDigest {
  return digestBy("sha256");
}

/** Begin a SHA-1, by which git names what it keeps. */
export function sha1(): RunningDigest {
  return digestBy("sha1");
}

function digestBy(algorithm: "sha1" | "sha256"): RunningDigest {
  const hash = createHash(algorithm);
  return {
    update(part) {
      hash.update(part);
      return this;
    },
    hex: () => hash.digest("hex"),
  };
}
