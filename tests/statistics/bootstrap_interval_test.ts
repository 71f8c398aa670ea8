import assert from "node:assert/strict";
import { bootstrapInterval, resampleWeights } from "../../lib/statistics/bootstrap_interval.ts";

const meanOf = (values: readonly number[]) => (times: Uint32Array) =>
  values.reduce((sum, value, i) => sum + value * times[i]!, 0) / values.length;

Deno.test("bootstrapInterval() takes linearly interpolated percentiles over the resamples", () => {
  // Eleven resamples of two samples, whose statistic is how often the second was drawn: 0 to 10.
  const weights = Uint32Array.from({ length: 22 }, (_, i) => i % 2 === 0 ? 0 : (i - 1) / 2);
  const { low, high, draws } = bootstrapInterval(weights, 2, (times) => times[1]!, 0.9);
  assert.deepEqual([low.toFixed(12), high.toFixed(12), draws], [
    "0.500000000000",
    "9.500000000000",
    11,
  ]);
});

Deno.test("bootstrapInterval() of a mean is as wide as the normal one for many samples", () => {
  const values = Array.from({ length: 100 }, (_, i) => Math.sin(i * 12.9898) * 43758.5453 % 1);
  const mean = values.reduce((a, b) => a + b) / 100;
  const error = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0)) / 100;
  const { low, high } = bootstrapInterval(resampleWeights(100, 2000, 0), 100, meanOf(values));
  assert.ok(Math.abs((high - low) / (2 * 1.96 * error) - 1) < 0.07, `${(high - low) / error}`);
});

Deno.test("bootstrapInterval() leaves out resamples that have no value", () => {
  const weights = Uint32Array.of(1, 1, 2, 0, 0, 2);
  const statistic = (times: Uint32Array) => times[0] === 0 ? NaN : times[0]!;
  assert.deepEqual(bootstrapInterval(weights, 2, statistic, 0.5), {
    low: 1.25,
    high: 1.75,
    draws: 2,
    status: "ok",
  });
  assert.equal(bootstrapInterval(weights, 2, () => NaN).status, "no resample has a value");
  const infinite = bootstrapInterval(weights, 2, () => Infinity);
  assert.deepEqual([infinite.status, infinite.low], ["a resample is infinite", NaN]);
});

Deno.test("bootstrapInterval() of fewer than two samples has a reason instead", () => {
  const { low, status } = bootstrapInterval(resampleWeights(1, 10, 0), 1, () => 3);
  assert.ok(Number.isNaN(low));
  assert.equal(status, "fewer than two samples");
});

Deno.test("bootstrapInterval() refuses a level that is no share", () => {
  for (const level of [0, 1, 95, NaN]) {
    assert.throws(
      () => bootstrapInterval(resampleWeights(2, 10, 0), 2, () => 3, level),
      new RegExp(`between 0 and 1, but it is ${level}`),
    );
  }
});

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
