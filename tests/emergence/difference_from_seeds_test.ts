import assert from "node:assert/strict";
import { differenceFromSeeds } from "../../lib/emergence/difference_from_seeds.ts";

const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a}, not ${b}`);

Deno.test("differenceFromSeeds() has the t and p value of a new run among three", () => {
  const found = differenceFromSeeds(10, [1, 2, 3]);
  assert.deepEqual([found.seeds, found.mean, found.deviation, found.difference], [3, 2, 1, 8]);
  near(found.t!, 8 / Math.sqrt(4 / 3));
  // With two degrees of freedom the distribution function is 1/2 + t / (2 √(2 + t²)).
  near(found.pValue!, 1 - found.t! / Math.sqrt(2 + found.t! ** 2));
  assert.equal(differenceFromSeeds(-6, [1, 2, 3]).t, -found.t!);
  assert.equal(differenceFromSeeds(-6, [1, 2, 3]).pValue, found.pValue);
});

Deno.test("differenceFromSeeds() takes t of 4.303 for a chance of one in twenty with three seeds", () => {
  const { pValue } = differenceFromSeeds(4.302652729911275 * Math.sqrt(4 / 3), [-1, 0, 1]);
  near(pValue!, 0.05);
});

Deno.test("differenceFromSeeds() has no t where seeds are one, or all equal", () => {
  assert.deepEqual(differenceFromSeeds(3, [1]), {
    ...{
      seeds: 1,
      mean: 1,
      deviation: null,
      difference: 2,
      t: null,
      pValue: null,
      status: "no p value: one seed does not tell how seeds differ",
    },
  });
  assert.deepEqual(differenceFromSeeds(3, [1, 1]), {
    ...{
      seeds: 2,
      mean: 1,
      deviation: 0,
      difference: 2,
      t: null,
      pValue: null,
      status: "no p value: all seeds are equal",
    },
  });
});

Deno.test("differenceFromSeeds() refuses no run, and runs without a value", () => {
  assert.throws(() => differenceFromSeeds(1, []), /no run to compare with/);
  assert.throws(() => differenceFromSeeds(NaN, [1]), /a value to compare is NaN/);
  assert.throws(() => differenceFromSeeds(1, [1, Infinity]), /is Infinity; leave out/);
});
