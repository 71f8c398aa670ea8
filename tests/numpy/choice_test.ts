import assert from "node:assert/strict";
import { MT19937 } from "../../lib/numpy/mt19937.ts";
import { numpyChoice, numpyPermutation } from "../../lib/numpy/choice.ts";
import { readGolden } from "../golden/golden.ts";

const { mt19937 } = readGolden<{
  mt19937: Record<string, { permutation10: number[]; choice20_5_twice: number[][] }>;
}>("sampling");

Deno.test("numpyPermutation() and numpyChoice() are legacy NumPy's for every recorded seed", () => {
  for (const [seed, { permutation10, choice20_5_twice }] of Object.entries(mt19937)) {
    assert.deepEqual([...numpyPermutation(new MT19937(Number(seed)), 10)], permutation10);
    const generator = new MT19937(Number(seed));
    const twice = choice20_5_twice.map(() => [...numpyChoice(generator, 20, 5)]);
    assert.deepEqual(twice, choice20_5_twice, `seed ${seed}`);
  }
});

Deno.test("numpyChoice() refuses to draw more than there are", () => {
  assert.throws(() => numpyChoice(new MT19937(0), 4, 5), /Cannot draw 5 of 4 without replacement/);
});
