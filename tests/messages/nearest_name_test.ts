import assert from "node:assert/strict";
import { nearestName, nearName } from "../../lib/messages/nearest_name.ts";

Deno.test("nearestName() counts edits against the longer name, so that a short one is not near to everything", () => {
  assert.equal(nearestName("tresh", ["help", "q", "threshold", "stage"]), "threshold");
  assert.equal(nearestName("sample-num", ["help", "layer_sample", "sample_num"]), "sample_num");
  assert.equal(nearestName("alpha", ["q", "alpha0", "filterTolerance"]), "alpha0");
});

Deno.test("nearestName() takes the first of names that are equally near", () => {
  assert.equal(nearestName("ab", ["ax", "ay"]), "ax");
  assert.equal(nearestName("", ["out", "q"]), "out");
});

Deno.test("nearName() has no guess for a name that is no slip of one that is known", () => {
  assert.equal(nearName("tresh", ["help", "q", "threshold"]), "threshold");
  assert.equal(nearName("sample-num", ["help", "sample_num"]), "sample_num");
  assert.equal(nearName("verbose", ["help", "workers"]), null);
});
