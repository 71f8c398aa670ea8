import assert from "node:assert/strict";
import { correlationPoints } from "../../lib/benchmarks/correlation_points.ts";

const series = { steps: [0, 1, 8, 64], x: [0.1, 0.2, 0.3, 0.7], y: [1, 4, 9, 16] };

Deno.test("correlationPoints() gives values, changes, or values and training time", () => {
  assert.deepEqual(correlationPoints(series, "levels", "pearson").x, Float64Array.from(series.x));
  assert.deepEqual(correlationPoints(series, "differences", "pearson").y, Float64Array.of(3, 5, 7));
  assert.deepEqual(
    correlationPoints(series, "partial", "pearson").control,
    Float64Array.of(0, Math.log(2), Math.log(9), Math.log(65)),
  );
});

Deno.test("correlationPoints() ties changes that differ by rounding alone when they are ranked", () => {
  const [first, second] = correlationPoints(series, "differences", "spearman").x;
  assert.notEqual(0.2 - 0.1, 0.3 - 0.2);
  assert.equal(first, second);
  assert.equal(correlationPoints(series, "differences", "pearson").x[1], 0.3 - 0.2);
});
