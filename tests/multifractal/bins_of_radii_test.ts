import assert from "node:assert/strict";
import { binsOfRadii } from "../../lib/multifractal/bins_of_radii.ts";

Deno.test("binsOfRadii() gives the longest rounded length that is no longer than each radius", () => {
  const at = (min: number, max: number, step: number, threshold: number, digits: number) =>
    binsOfRadii({ min, max, step }, { threshold, digits }).bins;
  assert.deepEqual(at(1, 4, 1, 4, 0), [1, 2, 3, 4]);
  assert.deepEqual(at(0.5, 4, 0.5, 4, 0), [0, 1, 1, 2, 2, 3, 3, 4]);
  assert.deepEqual(at(0.1, 0.7, 0.1, 0.7, 1), [1, 2, 3, 4, 5, 6, 7]);
  // Lengths up to 4.4 round to 4 at most.
  assert.deepEqual(at(2, 4, 1, 4.4, 0), [2, 3, 4]);
});

Deno.test("binsOfRadii() refuses radii that end elsewhere than at the threshold", () => {
  for (const max of [3, 5]) {
    assert.throws(
      () => binsOfRadii({ min: 1, max }, { threshold: 4, digits: 0 }),
      new RegExp(`must end at the threshold 4, .* but they end at ${max}; give that as`),
    );
  }
});
