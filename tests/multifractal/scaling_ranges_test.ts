import assert from "node:assert/strict";
import { scalingRanges } from "../../lib/multifractal/scaling_ranges.ts";

const slopes = (q: number, values: number[], radius: (i: number) => number) =>
  values.map((slope, i) => ({ q, radius: radius(i), slope, stderr: 0, points: 3 }));

Deno.test("scalingRanges() of a power law are all radii", () => {
  const [range] = scalingRanges(slopes(-1, [-2, -2, -2], (i) => 3 ** i));
  assert.deepEqual(range, { q: -1, min: 1, max: 9, factor: 9, ofFactor: 9, slope: -2, points: 3 });
});

Deno.test("scalingRanges() are the widest by ratio, not by number of radii", () => {
  const [range] = scalingRanges(slopes(1, [1, 1, 2, 2, 2, 2], (i) => [1, 4, 5, 6, 7, 8][i]!));
  assert.deepEqual([range!.min, range!.max, range!.factor, range!.slope], [1, 4, 4, 1]);
});

Deno.test("scalingRanges() follow the tolerance, each order by itself", () => {
  const rows = [
    ...slopes(1, [1, 1.15, 1.3], (i) => 2 ** i),
    ...slopes(2, [0, 1, 5], (i) => 2 ** i),
  ];
  assert.deepEqual(scalingRanges(rows).map(({ q, factor }) => [q, factor]), [[1, 2], [2, 1]]);
  assert.deepEqual(scalingRanges(rows, 0.2).map(({ factor }) => factor), [4, 1]);
  assert.deepEqual(scalingRanges([]), []);
  assert.throws(() => scalingRanges(rows, 1), /tolerance must lie between 0 and 1, but it is 1/);
});
