import assert from "node:assert/strict";
import { correlationPoints, pairSteps } from "../../lib/correlations/correlation_points.ts";

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

const names = ["E", "copying"] as const;

Deno.test("pairSteps() pairs by step in ascending order and counts what is missing", () => {
  const E = new Map([[8, 0.3], [0, 0], [1, NaN], [2, 0.2]]);
  const copying = new Map([[0, 0.5], [1, 0.6], [2, null], [8, 1]]);
  assert.deepEqual(pairSteps([E, copying], names, "refuse"), {
    steps: [0, 8],
    x: [0, 0.3],
    y: [0.5, 1],
    leftOut: 2,
  });
});

Deno.test("pairSteps() lists the steps of each side that the other does not have", () => {
  const E = new Map(Array.from({ length: 14 }, (_, step) => [step, 1]));
  const copying = new Map([[0, 1], [1, 1], [99, 1]]);
  assert.throws(
    () => pairSteps([E, copying], names, "refuse"),
    /only E has steps 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more, and only copying has step 99;/,
  );
  assert.equal(pairSteps([E, copying], names, "leave out").leftOut, 13);
});
