import assert from "node:assert/strict";
import { short, signed } from "../../lib/figures/signed.ts";

Deno.test("signed() has a true minus sign, and none before a zero", () => {
  assert.deepEqual(["-0.5", "-0.00", "3"].map(signed), ["−0.5", "0.00", "3"]);
});

Deno.test("short() has two decimals and no 0 before them", () => {
  assert.deepEqual([0.123, -0.166, 10.5, -20, 0, -0.001].map(short), [
    ...[".12", "−.17", "10.50", "−20.00", ".00", ".00"],
  ]);
});
