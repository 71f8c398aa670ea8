import assert from "node:assert/strict";
import { roundHalfEven } from "../../lib/numpy/round_half_even.ts";
import { readGolden } from "../golden/golden.ts";

type Pairs = [number, number][];
const { rounding } = readGolden<{ rounding: { np_round_1: Pairs; half_even: Pairs } }>(
  "unit_cases",
);

Deno.test("roundHalfEven() rounds to integers as np.round, signed zero included", () => {
  for (const [value, expected] of rounding.half_even) assert.equal(roundHalfEven(value), expected);
  assert.ok(Object.is(roundHalfEven(-0), -0));
});

Deno.test("roundHalfEven() rounds to one decimal as np.round, not as Python's round", () => {
  for (const [value, expected] of rounding.np_round_1) {
    assert.equal(roundHalfEven(value, 1), expected);
  }
});

Deno.test("roundHalfEven() leaves large, infinite and missing numbers as they are", () => {
  for (const value of [2 ** 52 + 1, -(2 ** 60), Infinity, -Infinity, NaN]) {
    assert.equal(roundHalfEven(value), value);
  }
});
