import assert from "node:assert/strict";
import { measureCorrelation } from "../../lib/correlations/measure_correlation.ts";
import type { CorrelationVariant, Detrending } from "../../lib/correlations/correlation_points.ts";
import { SharedDraws } from "../../lib/correlations/shared_draws.ts";
import { normals } from "../golden/seeded_normals.ts";

const settings = { permutations: 999, draws: 20, seed: 0, level: 0.95, blockLength: null };
const shared = new SharedDraws(settings);
const sum = (values: ArrayLike<number>) => {
  let total = 0;
  return Array.from(values, (value) => total += value);
};
const rise = (size: number, middle: number) =>
  Array.from({ length: size }, (_, i) => 1 / (1 + Math.exp((middle - i) / 2)));

function measured(
  x: readonly number[],
  y: readonly number[],
  variant: CorrelationVariant,
  detrend: Detrending = "time",
) {
  const steps = x.map((_, i) => i), names = ["E", "copying"] as const;
  const own = { ...settings, detrend };
  return measureCorrelation({ steps, x, y }, names, variant, "pearson", own, shared);
}

Deno.test("the p value of two walks that know nothing of each other is not that of independent points", () => {
  const x = sum(normals("x 3", 27)), y = sum(normals("y 3", 27));
  const { r, pValue, pPermutation, n, nEffective, status } = measured(x, y, "levels");
  assert.ok(Math.abs(r!) > 0.5 && pValue! < 0.005, `${r} ${pValue}`);
  assert.ok(pPermutation! > 0.05, `${pPermutation}`);
  assert.ok(n === 27 && nEffective! < 8, `${nEffective}`);
  assert.equal(status, "ok");
});

Deno.test("series that move together are found in most of 50 simulations", () => {
  const found = { levels: 0, differences: 0, partial: 0, monotone: 0 };
  for (let i = 0; i < 50; i++) {
    const [own, other, noise] = ["a", "b", "c"].map((key) => normals(`${key} ${i}`, 27));
    const coupled = own!.map((value, j) => 0.9 * value + 0.44 * other![j]!);
    const isFound = (p: number | null) => p !== null && p < 0.05;
    const x = sum(own!), y = sum(coupled);
    for (const variant of ["levels", "differences", "partial"] as const) {
      if (isFound(measured(x, y, variant).pPermutation)) found[variant]++;
    }
    const up = rise(27, 12).map((value, j) => value + 0.15 * own![j]!);
    const with0 = rise(27, 15).map((value, j) => value + 0.15 * coupled[j]! + 0.02 * noise![j]!);
    if (isFound(measured(up, with0, "partial", "monotone").pPermutation)) found.monotone++;
  }
  // The others of levels and partial correlations are mostly withheld: walks that wander off in one direction.
  assert.ok(found.levels >= 15 && found.partial >= 20, `${found.levels} ${found.partial}`);
  assert.ok(found.differences >= 40 && found.monotone >= 45, JSON.stringify(found));
});

Deno.test("two rises have no p value, but the reason, and what is left beside monotone trends has one", () => {
  const noise = normals("noise", 54);
  const x = rise(27, 10).map((value, i) => value + 0.1 * noise[i]!);
  const y = rise(27, 14).map((value, i) => value + 0.1 * noise[27 + i]!);
  const levels = measured(x, y, "levels");
  assert.ok(levels.r! > 0.7 && levels.pPermutation === null && levels.nEffective! < 4);
  assert.match(
    levels.status,
    /^no p value: E and copying both follow a monotone trend \(9\d % and 9\d % of their variance\), and 27 points of two trends are worth about \d independent ones?$/,
  );
  const smooth = measured(rise(27, 10), rise(27, 14), "differences");
  assert.match(smooth.status, /so that both may change most in the same stretch/);
  assert.equal(smooth.pPermutation, null);
  assert.notEqual(measured(x, y, "differences").pPermutation, null); // noise hides which rises when
  assert.equal(measured(x, y, "partial").pPermutation, null);
  const rest = measured(x, y, "partial", "monotone");
  assert.ok(rest.n >= 15 && rest.n < 27 && rest.pPermutation! > 0.05, `${rest.status}`);
  assert.equal(rest.rStep, null);
});

Deno.test("one rise and a series without a trend have a p value", () => {
  const { pPermutation, status } = measured(rise(27, 13), [...normals("w", 27)], "levels");
  assert.ok(pPermutation! > 0.05);
  assert.equal(status, "ok");
});

Deno.test("few points have no p value, and points that trends go through are none", () => {
  const x = [...normals("few", 9)], y = [...normals("few more", 9)];
  const few = measured(x, y, "levels");
  assert.deepEqual([few.pPermutation, few.nEffective], [null, null]);
  assert.match(few.status, /no p value: 9 points, and it takes 10 to tell how they depend/);
  const smooth = measured(rise(20, 8), rise(20, 12), "partial", "monotone");
  assert.equal(
    smooth.status,
    "0 of the 5 points that a correlation with an interval needs; a monotone trend goes through all others",
  );
  const twelve = measured([...normals("c", 14)], [...normals("d", 14)], "partial", "monotone");
  assert.match(twelve.status, /no p value: \d+ points that no trend goes through, and it takes 15/);
});
