import assert from "node:assert/strict";
import { OPTIONS } from "../../lib/options/options.ts";
import { pick, readOptions } from "../../lib/options/read_options.ts";

const table = pick(OPTIONS, ["samples", "layers", "edges", "radii", "threshold"]);

Deno.test("readOptions() fills in the defaults and takes undefined for not given", () => {
  assert.deepEqual(readOptions("f", table, { samples: undefined, layers: ["a"] }), {
    samples: 10,
    layers: ["a"],
    edges: "all",
    radii: "occurring",
    threshold: 150,
  });
});

Deno.test("readOptions() refuses an unknown name with the nearest", () => {
  assert.throws(() => readOptions("f", table, { sample: 3 }), {
    name: "TypeError",
    message: 'f has no option "sample"; did you mean "samples"?',
  });
});

const REFUSED: readonly (readonly [object, string])[] = [
  [{ samples: 0 }, "samples must be an integer from 1 to 100000, but it is 0"],
  [{ samples: NaN }, "samples must be an integer from 1 to 100000, but it is NaN"],
  [{ samples: 1.5 }, "samples must be an integer from 1 to 100000, but it is 1.5"],
  [{ samples: 1e9 }, "samples must be an integer from 1 to 100000, but it is 1000000000"],
  [{ samples: null }, "samples must be an integer from 1 to 100000, but it is null"],
  [{ layers: [] }, "layers must be a list of names, none of them empty, but it is []"],
  [
    { edges: "some" },
    'edges must be one of all, sampled, but it is "some": did you mean sampled?',
  ],
  [
    { threshold: 1 },
    "threshold must be a length above 1 such as 150, or medians such as 2.8m ({ medians: 2.8 }), but it is 1",
  ],
];
for (const [given, message] of REFUSED) {
  Deno.test(`readOptions() refuses ${Deno.inspect(given)}`, () => {
    assert.throws(() => readOptions("f", table, given), { name: "RangeError", message });
  });
}

Deno.test("readOptions() takes a threshold in medians and radii as a range", () => {
  const read = readOptions("f", table, { threshold: { medians: 2 }, radii: { min: 2, max: 9 } });
  assert.deepEqual([read.threshold, read.radii], [{ medians: 2 }, { min: 2, max: 9 }]);
});
