/**
 * What a metric tells, by its name: whether more of it is better, and whether it is a share of
 * right answers.
 */

/** What a larger value means, and whether values are shares of right answers. */
export interface MetricKind {
  /** Whether a larger value is a better one, or `null` where the name does not tell. */
  readonly higherIsBetter: boolean | null;
  /** Whether a value is the share of answers that are right. */
  readonly isShare: boolean;
}

/** Measures that fall as a model gets better. */
const LOWER =
  /(^|[_ ])(loss|ppl|perplexity|nll|bpb|bits_per_(byte|char)|(cross_)?entropy|err(or)?(_rate)?|[wct]er|brier(_score)?|ece|r?mse|mae)$/;
/** Measures that are shares of right answers, whatever is said of how answers are compared. */
const SHARE =
  /(^|[_ ])(acc|accuracy|exact_match|em|mc1|pass@?\d+)(_(norm|bytes|mutual_info|all|first_token|stderr|strict|loose|greedy))*$/;
/** Other measures that rise as a model gets better. */
const HIGHER =
  /(^|[_ ])(f1|mc2|mcc|auc|auroc|rouge[\w]*|bleu[\w]*|chrf[+]*|meteor|precision|recall_at_\d+|pearson\w*|spearman\w*|matthews\w*|r2)$/;
/** Measures that are neither good nor bad. */
const NEITHER = /(^|[_ ])(likelihood\w*|pct_\w+|stereotype|difference|correlation|length|steps?)$/;

/**
 * What the name of a metric tells.
 *
 * A name without a measure, such as `copying` or `piqa` in a `scores.csv`, is that of a task, whose
 * score is the share of right answers.
 */
export function metricKind(metric: string): MetricKind {
  const named = metric.replace(/ \([^()]*\)$/, "").toLowerCase();
  const measure = named.slice(named.lastIndexOf("/") + 1).split(",")[0]!;
  if (LOWER.test(measure)) return { higherIsBetter: false, isShare: false };
  if (SHARE.test(measure)) return { higherIsBetter: true, isShare: true };
  if (HIGHER.test(measure)) return { higherIsBetter: true, isShare: false };
  const isTask = !named.includes("/") && !measure.startsWith("eval_") && !NEITHER.test(measure);
  return isTask
    ? { higherIsBetter: true, isShare: true }
    : { higherIsBetter: null, isShare: false };
}

/** A score with what its file records of its direction. */
type Directed = { readonly metric: string; readonly higherIsBetter?: boolean | null };

/**
 * Whether a larger value is a better one, by what the file records or else by the name; `null`
 * where neither tells.
 */
function direction({ metric, higherIsBetter }: Directed): boolean | null {
  return higherIsBetter ?? metricKind(metric).higherIsBetter;
}

/** Whether a metric is known to rise as a model gets better. */
export function isHigherBetter(score: Directed): boolean {
  return direction(score) === true;
}

/** Whether a metric is known to fall as a model gets better. */
export function isLowerBetter(score: Directed): boolean {
  return direction(score) === false;
}
