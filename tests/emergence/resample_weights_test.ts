import assert from "node:assert/strict";
import { resampleWeights } from "../../lib/emergence/resample_weights.ts";

Deno.test("resampleWeights() draws as many as there are in every resample", () => {
  const weights = resampleWeights(7, 300, 5);
  for (let draw = 0; draw < 300; draw++) {
    const row = weights.subarray(7 * draw, 7 * draw + 7);
    assert.equal(row.reduce((sum, times) => sum + times, 0), 7);
  }
});

Deno.test("resampleWeights() draws everything about equally often", () => {
  const weights = resampleWeights(5, 4000, 1);
  for (let i = 0; i < 5; i++) {
    let times = 0;
    for (let k = i; k < weights.length; k += 5) times += weights[k]!;
    assert.ok(Math.abs(times - 4000) < 5 * Math.sqrt(4000 * 0.8), `${i} was drawn ${times} times`);
  }
});

Deno.test("resampleWeights() is decided by its seed", () => {
  assert.deepEqual(resampleWeights(4, 20, 9), resampleWeights(4, 20, 9));
  assert.notDeepEqual(resampleWeights(4, 20, 9), resampleWeights(4, 20, 10));
});

Deno.test("resampleWeights() refuses a number of draws that is no integer from 1, or takes more than a gigabyte", () => {
  for (const draws of [0, -1, 1.5, 1e9]) {
    assert.throws(() => resampleWeights(3, draws, 0), new RegExp(`but it is ${draws}`));
  }
  assert.throws(
    () => resampleWeights(2 ** 20, 1000, 0),
    /draws must be an integer from 1 to 256, but it is 1000/,
  );
});
