import assert from "node:assert/strict";
import { signed } from "../../lib/messages/signed.ts";

Deno.test("signed() has a true minus sign, and none before a zero", () => {
  assert.deepEqual(["-0.5", "-0.00", "3"].map(signed), ["−0.5", "0.00", "3"]);
});
