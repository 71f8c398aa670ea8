import assert from "node:assert/strict";
import { nearestName } from "../../lib/messages/nearest_name.ts";

Deno.test("nearestName() counts edits against the longer name, so that a short one is not near to everything", () => {
  assert.equal(nearestName("tresh", ["help", "q", "threshold", "stage"]), "threshold");
  assert.equal(nearestName("sample-num", ["help", "layer_sample", "sample_num"]), "sample_num");
  assert.equal(nearestName("alpha", ["q", "alpha0", "filterTolerance"]), "alpha0");
});

Deno.test("nearestName() takes the first of names that are equally near", () => {
  assert.equal(nearestName("ab", ["ax", "ay"]), "ax");
  assert.equal(nearestName("", ["out", "q"]), "out");
});
