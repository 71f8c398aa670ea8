import assert from "node:assert/strict";
import { columnName, keyOfColumn } from "../../lib/files/column_name.ts";

const NAMES: readonly (readonly [key: string, column: string])[] = [
  ["step", "step"],
  ["E", "E"],
  ["eLow", "E_low"],
  ["eNullHigh", "E_null_high"],
  ["alpha0", "alpha_0"],
  ["alpha0Analytic", "alpha_0_analytic"],
  ["fAlpha", "f_alpha"],
  ["samplesKept", "samples_kept"],
  ["r2Median", "r2_median"],
  ["rStep", "r_step"],
  ["hillK", "hill_k"],
  ["distanceFromStep0", "distance_from_step_0"],
  ["edges", "edges"],
];

for (const [key, column] of NAMES) {
  Deno.test(`${key} is the column ${column} and back`, () => {
    assert.equal(columnName(key), column);
    assert.equal(keyOfColumn(column), key);
  });
}

Deno.test("names that are neither camelCase nor snake_case stay as they are, both ways", () => {
  for (const name of ["final E", "α₀", "piqa/acc", "__proto__", "Step", "a__b", "_x", ""]) {
    assert.equal(columnName(name), name);
    assert.equal(keyOfColumn(name), name);
  }
});
