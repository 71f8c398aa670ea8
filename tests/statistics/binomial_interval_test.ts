import assert from "node:assert/strict";
import { binomialInterval } from "../../lib/statistics/binomial_interval.ts";
import { close } from "../golden/golden.ts";

Deno.test("binomialInterval() is SciPy 1.17.1's exact one", () => {
  // scipy.stats.binomtest(count, trials).proportion_ci(level, method="exact")
  for (
    const [count, trials, low, high] of [
      [7, 10, 0.3475471499399921, 0.9332604888222655],
      [1, 5, 0.005050763379468115, 0.7164179361180895],
      [0, 10, 0, 0.30849710781876294],
      [10, 10, 0.6915028921812371, 1],
      [3, 200, 0.003104107621555085, 0.043208281917709784],
    ] as const
  ) {
    const interval = binomialInterval(count, trials, 0.95);
    close(interval.low, low, 1e-12, `low of ${count} in ${trials}`);
    close(interval.high, high, 1e-12, `high of ${count} in ${trials}`);
  }
  const half = binomialInterval(50_000, 100_000, 0.95);
  assert.ok(half.low > 0.4968 && half.high < 0.5032);
});
