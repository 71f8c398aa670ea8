import assert from "node:assert/strict";
import { checkTensorCount, MOST_TENSORS } from "../../lib/checkpoints/limits.ts";

Deno.test("checkTensorCount() lets the largest models of today pass and names file, count and bound of others", () => {
  checkTensorCount(210_000, "k2.safetensors.index.json");
  checkTensorCount(MOST_TENSORS, "m");
  assert.throws(
    () => checkTensorCount(1_000_000, "m.safetensors"),
    /^Error: m.safetensors lists 1000000 tensors, more than any model's file \(300000\); get it again$/,
  );
});
