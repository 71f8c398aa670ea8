import assert from "node:assert/strict";
import { MT19937, randomInterval } from "../../lib/numpy/mt19937.ts";
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

Deno.test("randomInterval() masks the output and rejects what exceeds the bound", () => {
  const raw = new MT19937(1);
  const expected: number[] = [];
  while (expected.length < 20) {
    const value = raw.next() & 15;
    if (value <= 9) expected.push(value);
  }
  const generator = new MT19937(1);
  assert.deepEqual(expected.map(() => randomInterval(generator, 9)), expected);
});

Deno.test("randomInterval() with bound 0 gives 0 and draws nothing", () => {
  const generator = new MT19937(1);
  assert.equal(randomInterval(generator, 0), 0);
  assert.equal(generator.next(), new MT19937(1).next());
});

Deno.test("randomInterval() reaches the upper half of 32 bits", () => {
  assert.equal(randomInterval(new MT19937(1), 0xffffffff), 1791095845);
  assert.equal(randomInterval(new MT19937(0), 0xffffffff), 2357136044);
});
