/** What is claimed of the intervals of means, of E and of its excess. */

import { excessCases, intervalCases } from "../../lib/emergence/interval_cases.ts";
import type { CalibrationCase } from "../../lib/statistics/calibrate.ts";

/** The cases of intervals. */
export const INTERVAL_CASES: readonly CalibrationCase[] = [...intervalCases(), ...excessCases()];
