import assert from "node:assert/strict";
import { monotoneTrend, shareOfTrend } from "../../lib/statistics/monotone_trend.ts";
import { close } from "../golden/golden.ts";

const trend = (...values: number[]) => [...monotoneTrend(Float64Array.from(values))];
const share = (...values: number[]) => shareOfTrend(Float64Array.from(values));

Deno.test("monotoneTrend() is what SciPy 1.17.1's isotonic_regression gives", () => {
  assert.deepEqual(
    trend(3, 1, 2, 2, 5, 4, 4.5, 7, 6, 6.5, 9, 8.25),
    [2, 2, 2, 2, 4.5, 4.5, 4.5, 6.5, 6.5, 6.5, 8.625, 8.625],
  );
  assert.deepEqual(
    trend(5, 6, 4, 4.5, 4.25, 1, 3, 2, 2.5, 0),
    [5.5, 5.5, 4.25, 4.25, 4.25, 2.125, 2.125, 2.125, 2.125, 0],
  );
  close(share(3, 1, 2, 2, 5, 4, 4.5, 7, 6, 6.5, 9, 8.25), 0.9549323985978968, 1e-14, "share");
});

Deno.test("monotoneTrend() leaves what rises or falls as it is, equal values included", () => {
  for (const values of [[0.1, 0.1, 0.1, 0.3, 7], [2, 1, 1, 0.3], [5], [0.7, 0.7]]) {
    assert.deepEqual(trend(...values), values);
    assert.equal(share(...values), 1);
  }
});

Deno.test("shareOfTrend() of a series that goes up and down alike is small", () => {
  // The best rising series is 0, six times 0.5, and 1: it leaves 6 · 0.25 of 8 · 0.25.
  close(share(0, 1, 0, 1, 0, 1, 0, 1), 0.25, 1e-14, "share");
});
