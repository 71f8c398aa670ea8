/** Scores that lm-evaluation-harness measured. */

import type { BenchmarkScore } from "./suite_scores.ts";

/** One score of one checkpoint, or why there is none. */
export interface HarnessScore extends Omit<BenchmarkScore, "value" | "stderr"> {
  /** `<task>/<measure>`, such as `lambada_openai/acc`. */
  readonly metric: string;
  /** What the model was asked to do, such as `lambada_openai`. */
  readonly task: string;
  /** What was measured, such as `acc`; with the answers' filter if there was one: `exact_match,strict-match`. */
  readonly measure: string;
  /** In the unit of the measure, or `null` where it is missing. */
  readonly value: number | null;
  /** Standard error of the value, or `null` where it is missing. */
  readonly stderr: number | null;
  /** How many solved examples each prompt held, or `null` where the file does not tell. */
  readonly shots: number | null;
  /** `"ok"`, or what is missing and why. */
  readonly status: string;
  /** Path or address of the file that gave the score, or `null` where there is none. */
  readonly file: string | null;
}

/**
 * Whether a score has both its value and its standard error, so that it can be drawn and correlated like those of the
 * bundled suite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type HarnessScore, isMeasured } from "neuromfa/statistics";
 *
 * const score: HarnessScore = {
 *   step: 512,
 *   metric: "sciq/acc",
 *   task: "sciq",
 *   measure: "acc",
 *   value: 0.5,
 *   stderr: 0.02,
 *   shots: 0,
 *   status: "ok",
 *   file: "toy_step512.json",
 * };
 * assert.ok(isMeasured(score));
 * assert.ok(!isMeasured({ ...score, stderr: null, status: "no standard error: the file gives none" }));
 * ```
 */
export function isMeasured(score: HarnessScore): score is HarnessScore & BenchmarkScore {
  return score.value !== null && score.stderr !== null;
}
