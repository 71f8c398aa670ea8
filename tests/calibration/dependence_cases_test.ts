import assert from "node:assert/strict";
import { calibrate } from "../../lib/statistics/calibrate.ts";
import { assertCalibrated } from "./calibrate.ts";
import { FEW_DEPENDENCE_CASES, WITHHELD_CASES } from "./dependence_cases.ts";

Deno.test("p values of unrelated series over training are below 5 % in 3 to 8 % of 1500 simulations", () => {
  assertCalibrated(FEW_DEPENDENCE_CASES, 1500);
});

Deno.test("p values of two rises are nearly always withheld, and hardly ever small in the rest", () => {
  for (const { name, withheld, share } of calibrate(WITHHELD_CASES, 60)) {
    assert.ok(withheld >= 0.85, `${name}: withheld in ${withheld}`);
    // NaN where all are withheld.
    assert.ok(!(share * (1 - withheld) > 0.05), `${name}: rejects ${share} of the others`);
  }
});
