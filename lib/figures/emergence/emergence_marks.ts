/** How E and scores over training are drawn wherever they are drawn. */

import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import type { BenchmarkScore } from "../../scores/suite_scores.ts";
import { E_AXIS, extent, zeroLine } from "../style.ts";

/** The labels of what is drawn over training. */
export const COLUMN_LABELS = {
  E: E_AXIS.label,
  width: "↑ heterogeneity (width of the spectrum)",
  alpha0: "↑ regularity (α₀; lower is more regular)",
} as const;

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

/** A line of scores with a bar of one standard error to each side. */
export function scoreMarks(
  scores: readonly BenchmarkScore[],
  stroke: string,
  { clip = false, dash }: { readonly clip?: boolean; readonly dash?: string | undefined } = {},
): Plot.Markish[] {
  const [y1, y2] = [-1, 1].map((side) => ({ value, stderr }: BenchmarkScore) =>
    value + side * stderr
  );
  return [
    Plot.ruleX(scores, { x: "step", y1: y1!, y2: y2!, stroke, ...clip && { clip } }),
    Plot.line(scores, {
      ...{ x: "step", y: "value", stroke, strokeWidth: 2 },
      ...dash !== undefined && { strokeDasharray: dash },
    }),
  ];
}
