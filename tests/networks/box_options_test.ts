import assert from "node:assert/strict";
import {
  BOX_OPTIONS,
  boxScale,
  countsLength,
  readBoxOptions,
} from "../../lib/networks/box_options.ts";

const read = (options: object) => readBoxOptions("growBoxes", BOX_OPTIONS, options);

Deno.test("readBoxOptions() fills in the published options and lets the bounds themselves pass", () => {
  assert.deepEqual(read({}), { threshold: 150, minimumEdges: 10, digits: 0 });
  const bounds = { threshold: 1.5, minimumEdges: 0, digits: 9 };
  assert.deepEqual(read(bounds), bounds);
});

Deno.test("readBoxOptions() refuses what is out of range, with the value", () => {
  for (const threshold of [1, -3, NaN, Infinity]) {
    assert.throws(() => read({ threshold }), {
      name: "RangeError",
      message: "threshold must be a length above 1 such as 150, or medians such as 2.8m " +
        `({ medians: 2.8 }), but it is ${threshold}`,
    });
  }
  for (const minimumEdges of [-1, 0.5]) {
    assert.throws(() => read({ minimumEdges }), {
      name: "RangeError",
      message: `minimumEdges must be an integer from 0 to 2147483647, but it is ${minimumEdges}`,
    });
  }
  for (const digits of [-1, 1.5, 10]) {
    assert.throws(() => read({ digits }), {
      name: "RangeError",
      message: `digits must be an integer from 0 to 9, but it is ${digits}`,
    });
  }
});

Deno.test("readBoxOptions() takes no threshold in medians, since it knows no run to take them of", () => {
  assert.throws(() => read({ threshold: { medians: 2.8 } }), {
    name: "RangeError",
    message: "threshold of growBoxes must be a length such as 150: medians are taken over the " +
      "networks of a run",
  });
});

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
