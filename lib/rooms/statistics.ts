/**
 * Emergence and statistics: E, null models, baselines, scores, correlations, frames.
 *
 * @module
 */

export { correlate } from "../correlations/correlate.ts";
export * from "./emergence.ts";
export { harnessScores, type HarnessScoresOptions } from "../scores/harness_scores.ts";
export { suiteScores } from "../scores/suite_scores.ts";
export { type Frame, fromFrame, toFrame } from "../tables/frames.ts";
