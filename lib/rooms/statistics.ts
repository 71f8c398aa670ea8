/**
 * Emergence and statistics: E, null models, baselines, scores, correlations.
 *
 * @module
 */

export * from "./emergence.ts";
export { harnessScores, type HarnessScoresOptions } from "../scores/harness_scores.ts";
export { suiteScores } from "../scores/suite_scores.ts";
