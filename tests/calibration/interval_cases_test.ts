import assert from "node:assert/strict";
import { calibrate } from "../../lib/statistics/calibrate.ts";
import { assertCalibrated } from "./calibrate.ts";
import { INTERVAL_CASES } from "./interval_cases.ts";

Deno.test("95 % intervals of means hold the truth in 92 to 98 % of 1000 simulations", () => {
  assertCalibrated(INTERVAL_CASES, 1000);
});

Deno.test("intervals of E that miss what no sample shows say so, and others hardly ever do", () => {
  const rows = calibrate(INTERVAL_CASES.filter(({ name }) => name.startsWith("E, ")), 400);
  const isShort = ({ status }: { status: string }) => status.startsWith("noted");
  assert.equal(rows.filter(isShort).length, 6);
  for (const row of rows) {
    const { name, share, noted, shareUnnoted } = row;
    const said = 1 - (1 - noted) * (1 - shareUnnoted) / (1 - share);
    if (isShort(row)) {
      assert.ok(said > 0.85 && shareUnnoted > 0.92, `${name}: noted ${said}, else ${shareUnnoted}`);
    } else assert.ok(noted < 0.03, `${name}: noted in ${noted}`);
  }
});
