/** Scores in the shape that lines are drawn from. */

import type { BenchmarkScore } from "../../scores/suite_scores.ts";

/** The scores of one metric. */
export interface MetricScores {
  /** The metric's name. */
  readonly metric: string;
  /** Its scores in the order of steps. */
  readonly scores: readonly BenchmarkScore[];
}

/** The scores of each metric in the order of steps, metrics in the order in which they come. */
export function scoresByMetric(scores: readonly BenchmarkScore[]): MetricScores[] {
  return [...Map.groupBy(scores, ({ metric }) => metric)].map(([metric, own]) => ({
    metric,
    scores: own.toSorted((a, b) => a.step - b.step),
  }));
}
