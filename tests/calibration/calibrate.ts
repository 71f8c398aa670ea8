/**
 * The calibration table: `deno task calibrate` simulates every case in full size, the tests a small one.
 *
 * Add cases in a file of your own beside this one and a line to {@linkcode CASES}.
 */

import assert from "node:assert/strict";
import {
  calibrate,
  type CalibrationCase,
  type CalibrationRow,
} from "../../lib/statistics/calibrate.ts";
import { DEPENDENCE_CASES, WITHHELD_CASES } from "./dependence_cases.ts";
import { INTERVAL_CASES } from "./interval_cases.ts";

/** All cases, by the file that holds them. */
const CASES: Readonly<Record<string, readonly CalibrationCase[]>> = {
  intervals: INTERVAL_CASES,
  "correlations over training": [...DEPENDENCE_CASES, ...WITHHELD_CASES],
};

/** Simulations of each case in full: the standard error of a share of 95 % is 0.24 percentage points. */
const FULL = 8000;

/** Simulate cases and fail, with the table, where one does not keep what it claims. */
export function assertCalibrated(cases: readonly CalibrationCase[], trials: number): void {
  const rows = calibrate(cases, trials);
  const wrong = rows.filter(({ status }) => status === "outside" || status === "withheld");
  assert.equal(wrong.length, 0, `not as claimed:\n${wrong.map(inWords).join("\n")}`);
}

/** A row of the table as a line. */
function inWords({ name, claim, trials, share, withheld, status }: CalibrationRow): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const what = claim === "interval" ? "covers" : "rejects";
  const left = withheld > 0 ? `, withheld in ${percent(withheld)}` : "";
  return `${name}: ${what} ${percent(share)} of ${trials}${left}: ${status}`;
}

if (import.meta.main) {
  let outside = 0;
  for (const [group, cases] of Object.entries(CASES)) {
    console.log(`\n${group}, ${FULL} simulations of each case`);
    for (const one of cases) {
      const [row] = calibrate([one], FULL);
      if (row!.status === "outside" || row!.status === "withheld") outside++;
      console.log(`  ${inWords(row!)}`);
    }
  }
  if (outside > 0) {
    console.error(`\n${outside} of the claims do not hold`);
    Deno.exit(1);
  }
}
