import assert from "node:assert/strict";
import { MT19937 } from "../../lib/networks/mt19937.ts";
import { readGolden } from "../golden/golden.ts";

const { mt19937 } = readGolden<{ mt19937: Record<string, { raw_uint32: number[] }> }>("sampling");

Deno.test("MT19937 gives legacy NumPy's outputs for every recorded seed, the largest included", () => {
  assert.ok("4294967295" in mt19937);
  for (const [seed, { raw_uint32 }] of Object.entries(mt19937)) {
    const generator = new MT19937(Number(seed));
    assert.deepEqual(raw_uint32.map(() => generator.next()), raw_uint32, `seed ${seed}`);
  }
});

Deno.test("MT19937 gives the 10,000th output that the C++ standard requires of seed 5489", () => {
  const generator = new MT19937(5489);
  for (let i = 1; i < 10_000; i++) generator.next();
  assert.equal(generator.next(), 4123659995);
});

Deno.test("MT19937 refuses a seed that NumPy would refuse, naming it", () => {
  for (const seed of [-1, 0.5, 2 ** 32, NaN]) {
    assert.throws(() => new MT19937(seed), {
      name: "RangeError",
      message: new RegExp(`from 0 to 4294967295, but it is ${seed}`),
    });
  }
});
