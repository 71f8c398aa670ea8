import assert from "node:assert/strict";
import { meanScore } from "../../../data/training/training/scores.ts";

Deno.test("a score is a mean with the standard error of its scatter", () => {
  assert.deepEqual(meanScore([1, 3]), { value: 2, stderr: 1 });
  const { value, stderr } = meanScore([0, 0, 1, 1]);
  assert.equal(value, 0.5);
  assert.ok(Math.abs(stderr - Math.sqrt(1 / 3 / 4)) < 1e-12);
});
