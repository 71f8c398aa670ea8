/** The interval of a correlation that supposes independent points. */
import defer * as statistics from "./stdlib_statistics.ts";
import type { CorrelationMethod } from "./correlation_coefficient.ts";

/**
 * The interval of a correlation by Fisher's z transformation, in which it is nearly normal with variance
 * 1 / (points − 3 − variables taken out); Spearman's times 1 + r² / 2 (Bonett and Wright, Psychometrika 2000).
 *
 * @param r The correlation.
 * @param points How many points it was taken from: at least 4, and one more for each variable taken out.
 * @param method How it was taken.
 * @param controls How many variables were taken out.
 * @param level Share of such intervals that hold the correlation of independent normal points, 0 to 1.
 * @returns Lower and upper end.
 */
export function correlationInterval(
  r: number,
  points: number,
  method: CorrelationMethod,
  controls: number,
  level: number,
): readonly [low: number, high: number] {
  const variance = (method === "spearman" ? 1 + r * r / 2 : 1) / (points - 3 - controls);
  const reach = statistics.normalQuantile((1 + level) / 2, 0, 1) * Math.sqrt(variance);
  const z = Math.atanh(r);
  return [Math.tanh(z - reach), Math.tanh(z + reach)];
}
