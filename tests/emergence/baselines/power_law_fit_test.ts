import assert from "node:assert/strict";
import { hillExponent, powerLawFit } from "../../../lib/emergence/baselines/power_law_fit.ts";
import { close } from "../../golden/golden.ts";
import { mulberry32 } from "../../golden/seeded_normals.ts";

/** Draws from the density `x ** -a` from 1 on. */
function pareto(exponent: number, count: number, seed: number): number[] {
  const next = mulberry32(seed);
  return Array.from({ length: count }, () => ((next() + 0.5) / 2 ** 32) ** (-1 / (exponent - 1)));
}

Deno.test("powerLawFit() finds the exponent of a power law within its standard error", () => {
  for (const exponent of [1.8, 2.5, 4]) {
    const fits = Array.from({ length: 20 }, (_, seed) => powerLawFit(pareto(exponent, 400, seed)));
    const mean = fits.reduce((sum, fit) => sum + fit.exponent, 0) / fits.length;
    close(mean, exponent, 0.1 * (exponent - 1), `mean of 20 at ${exponent}`);
    const near = fits.filter((fit) => Math.abs(fit.exponent - exponent) < 3 * fit.stderr);
    assert.ok(near.length >= 18, `${near.length} of 20 within three standard errors`);
  }
});

Deno.test("powerLawFit() finds where the tail begins", () => {
  const tail = pareto(3, 300, 1).map((x) => 10 * x);
  const body = Array.from({ length: 300 }, (_, i) => 10 * (i + 0.5) / 300);
  const fit = powerLawFit([...body, ...tail]);
  assert.ok(fit.xmin > 7 && fit.xmin < 15, `${fit.xmin}`);
  close(fit.exponent, 3, 0.4, "exponent");
  assert.ok(fit.distance < 0.07 && fit.tail > 150);
});

Deno.test("powerLawFit() of three values is what a hand gives", () => {
  // From 1: exponent 1 + 3 / ln 8, distance of the fit 1/2 at 2 from 1/3, and of 3/4 … at 4 from 2/3; from 2: 1 + 2 / ln 2.
  const at1 = 1 + 3 / Math.log(8), at2 = 1 + 2 / Math.log(2);
  const distance = (exponent: number, ...x: number[]) =>
    Math.max(...x.map((v, i) => Math.abs(1 - (v / x[0]!) ** (1 - exponent) - i / x.length)));
  const [long, short] = [distance(at1, 1, 2, 4), distance(at2, 2, 4)];
  const fit = powerLawFit([4, 1, 2]);
  close(fit.exponent, long <= short ? at1 : at2, 1e-12, "exponent");
  close(fit.distance, Math.min(long, short), 1e-12, "distance");
});

Deno.test("powerLawFit() does not depend on the unit of the values", () => {
  const values = pareto(2.2, 100, 3);
  const [one, other] = [powerLawFit(values), powerLawFit(values.map((x) => 1e-9 * x))];
  close(other.exponent, one.exponent, 1e-9, "exponent");
  assert.equal(other.tail, one.tail);
});

Deno.test("powerLawFit() says why there is none", () => {
  assert.equal(powerLawFit([0, -1, 3]).status, "fewer than two positive values");
  const equal = powerLawFit([2, 2, 2]);
  assert.equal(equal.status, "all values are equal");
  assert.ok(Number.isNaN(equal.exponent));
});

Deno.test("fits of tails say that a value is not finite, wherever it stands", () => {
  for (const value of [Infinity, -Infinity, NaN]) {
    for (const values of [[1, 2, 4, 8, 16, value], [value, 1, 2, 4, 8, 16]]) {
      const fit = powerLawFit(values), hill = hillExponent(Float64Array.from(values), 2);
      assert.deepEqual([fit.status, fit.exponent, fit.tail], ["a value is not finite", NaN, 0]);
      assert.deepEqual([hill.status, hill.exponent], ["a value is not finite", NaN]);
    }
  }
});

Deno.test("fits of tails of the smallest and largest numbers are finite", () => {
  const fit = powerLawFit([5e-324, 1e-300, 1, 1e300, Number.MAX_VALUE]);
  assert.ok(fit.status === "ok" && Number.isFinite(fit.exponent) && fit.exponent > 1);
  const hill = hillExponent(Float64Array.of(5e-324, Number.MAX_VALUE, 1e308), 2);
  close(
    hill.exponent,
    2 / (Math.log(Number.MAX_VALUE) + Math.log(1e308) - 2 * Math.log(5e-324)),
    1e-12,
    "Hill",
  );
});

Deno.test("hillExponent() finds the exponent of a Pareto tail within its standard error", () => {
  const next = mulberry32(5);
  const values = Float64Array.from(
    { length: 20_000 },
    () => ((next() + 0.5) / 2 ** 32) ** (-1 / 2),
  );
  const { exponent, stderr, status } = hillExponent(values, 1000);
  assert.equal(status, "ok");
  assert.equal(stderr, exponent / Math.sqrt(1000));
  close(exponent, 2, 3 * stderr, "exponent");
});

Deno.test("hillExponent() takes the k largest over the next one, wherever they stand", () => {
  const expected = 2 / (Math.log(8 / 2) + Math.log(4 / 2));
  close(hillExponent(Float64Array.of(0, 8, 1, 2, 4), 2).exponent, expected, 1e-15, "exponent");
});

Deno.test("hillExponent() says why there is none", () => {
  const status = (k: number, ...values: number[]) =>
    hillExponent(Float64Array.from(values), k).status;
  assert.equal(status(3, 1, 2, 3), "too few positive values");
  assert.equal(status(2, 0, 0, 1, 2), "too few positive values");
  assert.equal(status(2, 1, 5, 5, 5), "the largest values are equal");
  assert.throws(
    () => hillExponent(new Float64Array(3), 0),
    /positive number of values, but k is 0/,
  );
});
