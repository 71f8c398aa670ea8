/** How E and scores over training are drawn wherever they are drawn. */

import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import type { BenchmarkScore } from "../../scores/score_table.ts";
import { E_AXIS, extent, zeroLine } from "../style.ts";
import { someNames } from "../../messages/shown.ts";

/** The labels of what is drawn over training. */
export const COLUMN_LABELS = {
  E: E_AXIS.label,
  width: "↑ heterogeneity (width of the spectrum)",
  alpha0: "↑ regularity (α₀; lower is more regular)",
} as const;

/** What E is, with the step that it compares with. */
export function formulaOfE(rows: readonly Pick<EmergenceRow, "baseline">[]): string {
  const baseline = rows.find(({ baseline }) => typeof baseline === "number")?.baseline ?? 0;
  return `E = width(t) / width(${baseline}) · ln(α₀(${baseline}) / α₀(t))`;
}

/** The rows that have an E. */
export function rowsWithE<Row extends Pick<EmergenceRow, "E">>(
  rows: readonly Row[],
  what: string,
): Row[] {
  const drawn = rows.filter(({ E }) => !Number.isNaN(E));
  if (drawn.length > 0) return drawn;
  throw new RangeError(`${what} has no step with an E to draw; see the statuses`);
}

/** The least and the largest of E and its interval. */
export function extentOfE(rows: readonly EmergenceRow[]): [number, number] {
  return extent(rows.flatMap(({ E, eLow, eHigh }) => [E, eLow, eHigh]));
}

/** A line of E with the band of its interval, in one colour; rows without an E are left out. */
export function emergenceMarks(rows: readonly EmergenceRow[], color: string): Plot.Markish[] {
  const drawn = rows.filter(({ E }) => !Number.isNaN(E));
  const known = drawn.filter(({ eLow }) => !Number.isNaN(eLow));
  return [
    Plot.areaY(known, { x: "step", y1: "eLow", y2: "eHigh", fill: color, fillOpacity: 0.2 }),
    Plot.line(drawn, { x: "step", y: "E", stroke: color, strokeWidth: 2 }),
  ];
}

/** The marks of a panel of E alone: as {@linkcode emergenceMarks}, with a line at 0 and a dot a step. */
export function emergencePanelMarks(
  rows: readonly EmergenceRow[],
  color: string,
  r = 2.5,
): Plot.Markish[] {
  const dots = Plot.dot(rows, { x: "step", y: "E", fill: color, r });
  return [zeroLine(), ...emergenceMarks(rows, color), dots];
}

/** The scores of each metric in the order of steps, metrics in the order in which they come. */
export function scoresByMetric(scores: readonly BenchmarkScore[]) {
  return [...Map.groupBy(scores, ({ metric }) => metric)].map(([metric, own]) => ({
    metric,
    scores: own.toSorted((a, b) => a.step - b.step),
  }));
}

/** The same, for figures that need some. */
export function scoresToDraw(model: string, scores: readonly BenchmarkScore[]) {
  if (scores.length === 0) throw new RangeError(`${model} has no score to draw E beside`);
  return scoresByMetric(scores);
}

/**
 * The ends of a score's bar, of one standard error to each side; the value itself where that is not
 * known.
 */
export function barOf({ value, stderr }: Pick<BenchmarkScore, "value" | "stderr">) {
  return { low: value - (stderr ?? 0), high: value + (stderr ?? 0) };
}

/** What a caption says of the bars of scores: `words` where all have one. */
export function barWords(scores: readonly BenchmarkScore[], words: string): string {
  const without = new Set(
    scores.filter(({ stderr }) => stderr === null).map(({ metric }) => metric),
  );
  if (without.size === 0) return words;
  const isAll = scores.every(({ stderr }) => stderr === null);
  if (isAll) return "without a bar, since no standard error is known";
  return `${words} where that is known, which it is not throughout for ${someNames([...without])}`;
}

/** What is said behind a metric that its file records to be better the lower it is. */
export function directionWords(scores: readonly BenchmarkScore[]): string {
  return scores.some(({ higherIsBetter }) => higherIsBetter === false) ? ", lower is better" : "";
}

/** A line of scores with a bar of one standard error to each side where it is known. */
export function scoreMarks(
  scores: readonly BenchmarkScore[],
  stroke: string,
  { clip = false, dash }: { readonly clip?: boolean; readonly dash?: string | undefined } = {},
): Plot.Markish[] {
  const known = scores.filter(({ stderr }) => stderr !== null);
  const [y1, y2] = [
    (one: BenchmarkScore) => barOf(one).low,
    (one: BenchmarkScore) => barOf(one).high,
  ];
  return [
    Plot.ruleX(known, { x: "step", y1, y2, stroke, ...clip && { clip } }),
    Plot.line(scores, {
      ...{ x: "step", y: "value", stroke, strokeWidth: 2 },
      ...dash !== undefined && { strokeDasharray: dash },
    }),
  ];
}
