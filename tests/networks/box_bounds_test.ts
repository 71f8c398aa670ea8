import assert from "node:assert/strict";
import { boxScale, countsLength } from "../../lib/networks/box_bounds.ts";

Deno.test("boxScale() takes 2²⁴ rounded lengths and not one more", () => {
  assert.equal(boxScale(2 ** 24, 0), 1);
  assert.throws(
    () => boxScale(2 ** 24 + 1, 0),
    /threshold 16777217 at 0 digits has more than 16777216 rounded lengths; lower one of the two/,
  );
});

Deno.test("countsLength() takes a table of 2²⁸ counts and not one more", () => {
  assert.equal(countsLength(2 ** 14, 2 ** 14, 0), 2 ** 28);
  assert.throws(
    () => countsLength(1, 2 ** 28 + 1, 3),
    /1 nodes × 268435457 radii do not fit in a mass table of 268435456 counts; lower digits \(3\)/,
  );
});
