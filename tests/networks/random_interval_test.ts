import assert from "node:assert/strict";
import { MT19937 } from "../../lib/networks/mt19937.ts";
import { randomInterval } from "../../lib/networks/random_interval.ts";

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
