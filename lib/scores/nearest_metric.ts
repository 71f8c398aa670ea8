/** Which metric somebody may have meant. */

import { closest } from "fastest-levenshtein";

/**
 * The known metric nearest to another: of its task, else of one whose name begins like it, else by
 * edits.
 */
export function nearestMetric(metric: string, known: readonly string[]): string {
  const task = metric.split("/")[0]!;
  const related = [`${task}/`, task].map((start) => known.filter((name) => name.startsWith(start)));
  return closest(metric, related.find((names) => names.length > 0) ?? [...known]);
}
