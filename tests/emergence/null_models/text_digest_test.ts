import assert from "node:assert/strict";
import { textDigest } from "../../../lib/emergence/null_models/text_digest.ts";

Deno.test("the digest of a text is its SHA-256, as FIPS 180-4 has it for abc", async () => {
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assert.equal(await textDigest("abc"), abc);
});
