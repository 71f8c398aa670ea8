import assert from "node:assert/strict";
import { checkCount } from "../../lib/options/check_count.ts";

Deno.test("checkCount() lets integers from 1 to the bound pass and names option, value and bound of others", () => {
  for (const value of [1, 7, 10]) checkCount("draws", value, 10);
  for (const value of [0, -1, 2.5, 11, 1e9, NaN, Infinity]) {
    assert.throws(
      () => checkCount("draws", value, 10),
      {
        name: "RangeError",
        message: `draws must be an integer from 1 to 10, but it is ${value}`,
      },
    );
  }
});
