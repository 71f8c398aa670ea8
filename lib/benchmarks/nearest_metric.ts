/** Help with a misspelt metric. */
import { closest } from "fastest-levenshtein";

/**
 * The known metric nearest to one that is not known: of the same task, else of a task whose name begins like it, else by the
 * fewest edits.
 *
 * @param metric Such as `lambada/acc`.
 * @param known Every known metric, at least one.
 */
export function nearestMetric(metric: string, known: readonly string[]): string {
  const task = metric.split("/")[0]!;
  const related = [`${task}/`, task].map((start) => known.filter((name) => name.startsWith(start)));
  return closest(metric, related.find((names) => names.length > 0) ?? [...known]);
}
