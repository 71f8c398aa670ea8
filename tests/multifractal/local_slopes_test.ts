import assert from "node:assert/strict";
import { localSlopes, scalingRanges } from "../../lib/multifractal/local_slopes.ts";
import { massExponent } from "../../lib/multifractal/mass_exponent.ts";
import { partitionFunction, relativeLogRadii } from "../../lib/multifractal/partition_function.ts";
import { close } from "../golden/golden.ts";
import { binomialCascade, binomialTau } from "./binomial_cascade.ts";

const cascade = partitionFunction(binomialCascade("even"), [-2, 0, 1]);

/** A partition function of order 1 with the slope that `slopeAt` gives from a radius to the next. */
function bent(radii: Float64Array, slopeAt: (radius: number) => number) {
  const logRadii = relativeLogRadii(radii);
  const logZ = new Float64Array(radii.length);
  for (let j = 1; j < radii.length; j++) {
    logZ[j] = logZ[j - 1]! + slopeAt(radii[j - 1]!) * (logRadii[j]! - logRadii[j - 1]!);
  }
  return { q: Float64Array.of(1), radii, logRadii, logZ };
}

Deno.test("localSlopes() of a power law are its exponent at every radius", () => {
  const rows = localSlopes(cascade);
  assert.deepEqual(rows.map(({ q }) => q), [...Array(6).fill(-2), ...Array(6).fill(1)]);
  assert.deepEqual(rows.slice(0, 6).map(({ radius }) => radius), [1, 2, 4, 8, 16, 32]);
  const { tau } = massExponent(cascade);
  for (const { q, slope, stderr } of rows) {
    close(slope, binomialTau(q) + 1, 1e-12, `slope at ${q}`);
    close(slope, tau[cascade.q.indexOf(q)]!, 1e-12, `tau at ${q}`);
    close(stderr, 0, 1e-7, `standard error at ${q}`);
  }
});

Deno.test("localSlopes() show where an exponent changes, to within the window", () => {
  const radii = Float64Array.from({ length: 100 }, (_, j) => j + 1);
  const rows = localSlopes(bent(radii, (radius) => radius < 20 ? 2 : 0.5), { factor: 1.25 });
  for (const { radius, slope } of rows) {
    if (radius <= 16) close(slope, 2, 1e-9, `slope at ${radius}`);
    if (radius > 16 && radius < 25) assert.ok(slope > 0.5 && slope < 2, `slope at ${radius}`);
    if (radius >= 25) close(slope, 0.5, 1e-9, `slope at ${radius}`);
  }
});

Deno.test("localSlopes() take the radii within the factor, and neighbours where there are none", () => {
  const radii = Float64Array.of(2, 8, 10, 12, 15, 18, 40);
  const points = localSlopes(bent(radii, () => 1), { factor: 1.5 }).map(({ points }) => points);
  assert.deepEqual(points, [2, 4, 4, 5, 4, 4, 2]);
});

Deno.test("localSlopes() of one order are those asked for, and unknown ones are refused", () => {
  assert.deepEqual(
    localSlopes(cascade, { orders: [0] }).map(({ slope }) => slope),
    Array(6).fill(0),
  );
  assert.throws(() => localSlopes(cascade, { orders: [3] }), /q = 3 was not measured; .* -2 to 1/);
  assert.throws(() => localSlopes(cascade, { factor: 1 }), /factor must be above 1, but it is 1/);
  const single = { ...cascade, radii: Float64Array.of(1) };
  assert.throws(() => localSlopes(single), /at least two radii, but there is 1/);
});

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
