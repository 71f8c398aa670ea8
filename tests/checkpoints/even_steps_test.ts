import assert from "node:assert/strict";
import { evenSteps } from "../../lib/checkpoints/even_steps.ts";
import { PYTHIA_STEPS } from "../helpers/tiny_hub/pythia.ts";

Deno.test("evenSteps() spreads steps evenly in ln(1 + step), the first and the last among them", () => {
  const even = evenSteps(PYTHIA_STEPS, 12);
  assert.deepEqual(even, [0, 2, 8, 32, 64, 256, 512, 2000, 6000, 17_000, 49_000, 143_000]);
});

Deno.test("evenSteps() gives as many as asked for where steps lie closer in some places", () => {
  const crowded = [0, 1000, 1001, 1002, 1003, 1004, 1005, 2000];
  for (const count of [2, 3, 5, 7]) {
    const even = evenSteps(crowded, count);
    assert.equal(new Set(even).size, count);
    assert.deepEqual([even[0], even.at(-1)], [0, 2000]);
    assert.deepEqual(even, even.toSorted((a, b) => a - b));
  }
});

Deno.test("evenSteps() gives all where there are no more", () => {
  assert.deepEqual(evenSteps([0, 8, 64], 3), [0, 8, 64]);
  assert.deepEqual(evenSteps([5], 12), [5]);
});
