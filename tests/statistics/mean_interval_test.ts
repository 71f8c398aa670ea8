import assert from "node:assert/strict";
import { FEWEST_VALUES, meanInterval } from "../../lib/statistics/mean_interval.ts";
import { close } from "../golden/golden.ts";
import { normals } from "../golden/seeded_normals.ts";

Deno.test("meanInterval() reaches as far as Student's t on both sides, or further, as SciPy 1.17.1 computes it", () => {
  const values = [4.1, 3.8, 4.4, 4.0, 4.2];
  const { low, high, status } = meanInterval(values);
  assert.equal(status, "ok");
  // scipy.stats.t.interval(0.95, 4, loc=np.mean(values), scale=scipy.stats.sem(values))
  assert.ok(low <= 3.82235548948023 && high >= 4.37764451051977, `${low} to ${high}`);
  // With a hundred normal values there is nothing to add.
  const many = normals("many", 100), { length } = many;
  const mean = many.reduce((sum, value) => sum + value / length, 0);
  const variance = many.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (length - 1);
  const reach = 1.9842169515086827 * Math.sqrt(variance / length);
  const wide = meanInterval(many);
  for (const half of [wide.high - mean, mean - wide.low]) {
    assert.ok(half >= reach - 1e-12 && half < 1.08 * reach, `${half} beside ${reach}`);
  }
});

Deno.test("meanInterval() has the ends of NumPy's bootstrap of t where that is wider", () => {
  const values = [0.1, 0.3, 0.4, 0.5, 0.8, 1.1, 1.6, 2.4];
  const { low, high } = meanInterval(values, { draws: 200_000 });
  // numpy: rng.multinomial(8, [1/8]*8, 4_000_000), ratios of means to their own errors, the 2.5 % smallest
  close(high, 2.0785749347792226, 0.01, "high");
  close(low, 0.2524209786894306, 1e-12, "low, by Student's t");
});

Deno.test("meanInterval() reaches at most twice as far as Student's t", () => {
  const values = [0.1, 0.2, 0.3, 0.5, 0.8, 1.1, 1.9, 3.4], mean = 1.0375;
  const { low, high } = meanInterval(values);
  // scipy.stats.t.ppf(0.975, 7) * scipy.stats.sem(values)
  close(mean - low, 0.9372999956269568, 1e-12, "below");
  close(high - mean, 2 * (mean - low), 1e-12, "above");
});

Deno.test("meanInterval() leans as skewed values do", () => {
  const { low, high } = meanInterval([0.1, 0.2, 0.3, 0.5, 0.8, 1.1, 1.9, 3.4]);
  assert.ok(high - 1.0375 > 1.3 * (1.0375 - low));
});

Deno.test("meanInterval() of two kinds of values is that of their share, by Clopper and Pearson", () => {
  const { low, high, status, upper } = meanInterval([0, 1, 1, 0, 1, 1, 1, 1, 0, 1]);
  assert.equal(status, "two kinds");
  assert.deepEqual(upper!.map(Number), [0, 1, 1, 0, 1, 1, 1, 1, 0, 1]);
  // scipy.stats.binomtest(7, 10).proportion_ci(0.95, method="exact")
  close(low, 0.3475471499399921, 1e-12, "low");
  close(high, 0.9332604888222655, 1e-12, "high");
  const scaled = meanInterval([5, 5.0001, 7, 7.0001, 5, 7]);
  assert.equal(scaled.status, "two kinds");
  close(scaled.low, 5 + 2 * 0.1181172, 0.001, "low of 3 in 6");
  assert.equal(meanInterval([1, 2, 3, 4, 5, 6]).status, "ok");
});

Deno.test("meanInterval() says why there is none", () => {
  assert.equal(FEWEST_VALUES, 5);
  for (
    const [values, status] of [
      [[], "too few values"],
      [[1, 2, 3, 4], "too few values"],
      [[3, 3, 3, 3, 3], "no spread"],
      [[1e300, 1e300, 1e300, 1e300, 1e300], "no spread"],
      [[0, 0, 0, 0, 1, 3], "few distinct values"],
    ] as const
  ) {
    const interval = meanInterval(values);
    assert.deepEqual(interval, { low: NaN, high: NaN, status });
  }
});

Deno.test("meanInterval() moves and grows with the values", () => {
  const values = [...normals("values", 7)], { low, high } = meanInterval(values);
  const other = meanInterval(values.map((value) => 1e-6 * value - 3));
  close(other.low, 1e-6 * low - 3, 1e-12, "low");
  close(other.high, 1e-6 * high - 3, 1e-12, "high");
  assert.throws(() => meanInterval(values, { level: 2 }), /level must be/);
  assert.throws(() => meanInterval(values, { levl: 0.9 } as object), /did you mean "level"/);
});
