import assert from "node:assert/strict";
import {
  AutoregressiveSeries,
  innovationsOf,
  lagOneCoefficient,
  startFactor,
} from "../../lib/statistics/autoregression.ts";
import { unitVector } from "../../lib/statistics/correlation_coefficient.ts";
import { normals } from "../golden/seeded_normals.ts";
import { close } from "../golden/golden.ts";

const prepare = (values: Float64Array) => unitVector(values, null);
/** A vector with a coefficient of about that, to be looked up. */
const withCoefficient = (found: number) => Float64Array.from([1, found]);

Deno.test("lagOneCoefficient() is the slope through the origin of each value on the one before", () => {
  assert.equal(lagOneCoefficient(Float64Array.of(1, 2, 3)), (2 + 6) / (1 + 4));
  assert.equal(lagOneCoefficient(Float64Array.of(0, 0)), 0);
});

Deno.test("AutoregressiveSeries fits the share whose series have that coefficient in the middle", () => {
  // Medians of 200,000 series with their means taken out, by NumPy 2.4.6.
  const medians = [
    [27, 0, -0.0402607],
    [27, 0.5, 0.4190735],
    [27, 0.9, 0.7692629],
    [12, 0, -0.0947911],
    [12, 0.5, 0.3051634],
  ] as const;
  for (const [size, phi, median] of medians) {
    const fit = new AutoregressiveSeries(size).fit(prepare);
    // Of 400 series the middle is known to 0.05.
    assert.ok(Math.abs(fit(withCoefficient(median)) - phi) < 0.05, `${size} ${phi}`);
  }
  const fit = new AutoregressiveSeries(27).fit(prepare);
  assert.equal(fit(withCoefficient(0.95)), 1);
  assert.equal(fit(withCoefficient(-1)), -0.9);
});

Deno.test("innovationsOf() takes a series apart from which it can be built again", () => {
  const noise = normals("innovations", 9), phi = 0.6;
  const centred = noise.map((value) => value - noise.reduce((a, b) => a + b) / noise.length);
  const series = new Float64Array(9);
  centred.forEach((value, i) => {
    series[i] = i === 0 ? value * startFactor(phi) : phi * series[i - 1]! + value;
  });
  innovationsOf(series, phi).forEach((value, i) => close(value, centred[i]!, 1e-13, `${i}`));
  assert.equal(startFactor(0.6), 1.25);
  assert.equal(startFactor(1), 0);
});
