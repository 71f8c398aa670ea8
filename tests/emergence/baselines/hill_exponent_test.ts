import assert from "node:assert/strict";
import { hillExponent } from "../../../lib/emergence/baselines/hill_exponent.ts";
import { close } from "../../golden/golden.ts";
import { mulberry32 } from "../../golden/seeded_normals.ts";

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
