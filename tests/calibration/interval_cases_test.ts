import { assertCalibrated } from "./calibrate.ts";
import { INTERVAL_CASES } from "./interval_cases.ts";

Deno.test("95 % intervals of means hold the truth in 92 to 98 % of 1000 simulations", () => {
  assertCalibrated(INTERVAL_CASES, 1000);
});
