/** What is claimed of the intervals of means and of E. */

import type { CalibrationCase } from "../../lib/statistics/calibrate.ts";

/** The cases of intervals. */
export const INTERVAL_CASES: readonly CalibrationCase[] = [];
