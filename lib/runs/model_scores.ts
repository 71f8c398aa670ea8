/** What is known of a model's abilities, wherever it is filed. */
import { join } from "node:path";
import { isMeasured } from "../benchmarks/harness_score.ts";
import { harnessScores } from "../benchmarks/harness_scores.ts";
import { nearestMetric } from "../benchmarks/nearest_metric.ts";
import { type BenchmarkScore, suiteScores } from "../benchmarks/suite_scores.ts";
import { openRun } from "../checkpoints/open_run.ts";
import { exists } from "../files/exists.ts";

/** Which scores, and where to look for those that lie not beside the checkpoints. */
export interface ModelScoresOptions {
  /** Names of metrics; `piqa` means `piqa/acc` among harness scores. All that lie beside the checkpoints unless given. */
  readonly metrics?: readonly string[] | undefined;
  /** Folder or address of lm-evaluation-harness results. */
  readonly evals?: string | undefined;
}

/**
 * The scores of a model: from `scores.csv` beside its checkpoints, or else, where metrics or a place are given, from
 * lm-evaluation-harness results.
 *
 * @returns The scores that were measured, each with its standard error; empty where there is nothing to look at.
 * @throws {Error} If a metric is not known, naming the nearest, or the results can't be read.
 */
export async function modelScores(
  name: string,
  model: string,
  { metrics, evals }: ModelScoresOptions,
): Promise<BenchmarkScore[]> {
  const run = await openRun(name).catch(() => null);
  const beside = run !== null && await exists(join(run.source, "scores.csv"));
  if (beside && evals === undefined) return choose(await suiteScores(run), metrics);
  if (metrics === undefined && evals === undefined) return [];
  const scores = await harnessScores(model, {
    ...metrics &&
      { metrics: metrics.map((metric) => metric.includes("/") ? metric : `${metric}/acc`) },
    ...evals !== undefined && { source: evals },
  });
  return scores.filter(isMeasured);
}

function choose(scores: readonly BenchmarkScore[], metrics?: readonly string[]): BenchmarkScore[] {
  const known = [...new Set(scores.map(({ metric }) => metric))];
  const unknown = metrics?.find((metric) => !known.includes(metric));
  if (unknown !== undefined) {
    throw new Error(
      `no score is named ${unknown}; did you mean ${nearestMetric(unknown, known)}? There are ${
        known.join(", ")
      }`,
    );
  }
  // The loss is no share of right answers, so it is drawn only where it is asked for.
  return scores.filter(({ metric }) => metrics?.includes(metric) ?? metric !== "held_out_loss");
}
