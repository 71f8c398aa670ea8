import assert from "node:assert/strict";
import { checkBoxOptions } from "../../lib/networks/check_box_options.ts";

const options = { threshold: 150, minimumEdges: 10, digits: 0 };

Deno.test("checkBoxOptions() lets the published options and the bounds themselves pass", () => {
  checkBoxOptions(options, 1, 150);
  checkBoxOptions({ threshold: 1.5, minimumEdges: 0, digits: 9 }, 1, 150);
});

Deno.test("checkBoxOptions() refuses what is out of range, with the value and the published one", () => {
  for (const threshold of [1, -3, NaN, Infinity]) {
    assert.throws(() => checkBoxOptions({ ...options, threshold }, 1, 150), {
      name: "RangeError",
      message:
        `threshold must be a finite number above 1, but it is ${threshold}; 150 is the published one.`,
    });
  }
  for (const minimumEdges of [-1, 0.5]) {
    assert.throws(
      () => checkBoxOptions({ ...options, minimumEdges }, 1, 150),
      new RegExp(`minimumEdges must be an integer from 0, but it is ${minimumEdges}`),
    );
  }
  for (const digits of [-1, 1.5, 10]) {
    assert.throws(
      () => checkBoxOptions({ ...options, digits }, 1, 150),
      new RegExp(`digits must be an integer from 0 to 9, but it is ${digits}`),
    );
  }
});
