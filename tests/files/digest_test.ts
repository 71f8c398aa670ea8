import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as own from "../../lib/files/digest.ts";
import * as browser from "../../lib/files/digest_browser.ts";

Deno.test("digests in pieces are those of the whole, by the system and by what a browser gets", () => {
  const bytes = Uint8Array.from({ length: 100_001 }, (_, i) => i * 31);
  for (const algorithm of ["sha1", "sha256"] as const) {
    const expected = createHash(algorithm).update("blob ä\0").update(bytes).digest("hex");
    for (const module of [own, browser]) {
      const digest = module[algorithm]().update("blob ä\0");
      for (let i = 0; i < bytes.length; i += 999) digest.update(bytes.subarray(i, i + 999));
      assert.equal(digest.hex(), expected);
    }
  }
});
