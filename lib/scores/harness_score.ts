/**
 * One score that lm-evaluation-harness measured, and the scores of a model from wherever they are.
 */

import type { BenchmarkScore } from "./score_table.ts";

/** One score of one checkpoint, or why there is none. */
export interface HarnessScore extends Omit<BenchmarkScore, "value" | "higherIsBetter"> {
  /**
   * `<task>/<measure>`, such as `lambada_openai/acc`; with how it was measured where one metric was
   * measured in several ways: `piqa/acc (5-shot)`, `piqa/acc (limit 10)`.
   */
  readonly metric: string;
  /** What the model was asked to do, such as `lambada_openai`. */
  readonly task: string;
  /**
   * What was measured, such as `acc`; with the answers' filter if there was one:
   * `exact_match,strict-match`.
   */
  readonly measure: string;
  /** In the unit of the measure, or `null` where it is missing. */
  readonly value: number | null;
  /** How many solved examples each prompt held, or `null` where the file does not tell. */
  readonly shots: number | null;
  /** How many items, or which share of them, it was measured on, or `null` for all of them. */
  readonly limit: number | null;
  /**
   * Whether a larger value is a better one, or `null` where neither the file nor the measure's name
   * tells.
   */
  readonly higherIsBetter: boolean | null;
  /** `"ok"`, or what is missing and why. */
  readonly status: string;
  /** Path or address of the file that gave the score, or `null` where there is none. */
  readonly file: string | null;
}

/** The score of a metric in a file, whose step is the file's. */
export type FileScore = Omit<HarnessScore, "step">;

/**
 * Whether a score has a value, so that it can be drawn and correlated like those of the bundled
 * suite. Without a standard error it is drawn without a bar.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type HarnessScore, isMeasured } from "neuromfa/statistics";
 *
 * const score: HarnessScore = {
 *   step: 512, metric: "sciq/acc", task: "sciq", measure: "acc", value: 0.5, stderr: null,
 *   shots: 0, limit: null, higherIsBetter: true, status: "ok", file: "toy_step512.json",
 * };
 * assert.ok(isMeasured(score));
 * assert.ok(!isMeasured({ ...score, value: null, status: "no value: the file gives none" }));
 * ```
 */
export function isMeasured(score: HarnessScore): score is HarnessScore & { value: number } {
  return score.value !== null;
}

/** Scores of a model by step and metric, from wherever they are. */
export interface Evals {
  readonly scores: ReadonlyMap<number, ReadonlyMap<string, FileScore>>;
  /** The steps that are meant when none are asked for, in ascending order. */
  readonly steps: readonly number[];
  /** Why a step has no scores. */
  readonly whyAbsent: (step: number) => string;
  /** What is to be known of them: files passed over, metrics measured in several ways. */
  readonly warnings: readonly string[];
}
