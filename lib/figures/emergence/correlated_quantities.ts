/** How several quantities correlate with the same scores: E among its rivals. */

import * as Plot from "@observablehq/plot";
// @ts-types="@types/d3-array"
import { median } from "d3-array";
import type { CorrelationMethod } from "../../statistics/correlation_coefficient.ts";
import type { CorrelationVariant } from "../../correlations/correlation_points.ts";
import type { CorrelationRow } from "../../correlations/correlation_table.ts";
import {
  ABOVE,
  categoryColor,
  categoryColors,
  colorKey,
  frame,
  panel,
  rangeWords,
} from "../style.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { isNarrow } from "../figure_style.ts";

/** A quantity with what it correlates with. */
export interface CorrelatedQuantity {
  /** What the quantity is, for a reader. */
  readonly name: string;
  /** Its table of {@linkcode correlationTable}. */
  readonly rows: readonly CorrelationRow[];
}

/** Which correlations are drawn. */
export interface CorrelatedQuantitiesOptions {
  /** The model's name, for the title. */
  readonly model: string;
  /** Pearson's or Spearman's; `"pearson"` unless given. */
  readonly method?: CorrelationMethod;
}

/** What the variants of some correlations are called, by the trend that was taken out. */
export function variantNames(
  rows: readonly Pick<CorrelationRow, "detrend">[],
): Readonly<Record<CorrelationVariant, string>> {
  const isMonotone = rows.some(({ detrend }) => detrend === "monotone");
  const partial = isMonotone ? "trend taken out" : "time taken out";
  return { levels: "levels", differences: "changes", partial };
}

/** What was taken out of partial correlations, as a sentence. */
export function detrendWords(rows: readonly Pick<CorrelationRow, "detrend">[]): string {
  return rows.some(({ detrend }) => detrend === "monotone")
    ? "Trend taken out: values without the monotone trend nearest to each series."
    : "Time taken out: values without what goes along with ln(step + 1).";
}

/** Whose correlation it is. */
export const PERSONS = { pearson: "Pearson", spearman: "Spearman" } as const;

/** The dots of metrics, another shape where all colours are used up. */
const SYMBOLS = ["circle", "diamond", "triangle"] as const;

/** Height of a quantity's row, in pixels. */
const ROW = 34;

/**
 * Draw, for each of several quantities, the size of its correlations with all scores, a panel each for levels, changes and
 * without what time explains. Signs are left out: a number that falls as a skill is learned tells as much as one that rises.
 *
 * @param quantities The quantities, from top to bottom, each with rows for the same metrics, twenty-one at most.
 * @throws {RangeError} If there is no quantity, one comes twice, or metrics are missing or too many to tell apart.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { correlatedQuantitiesFigure } from "neuromfa/figures";
 * import { correlationTable } from "neuromfa/statistics";
 *
 * const steps = [0, 1, 2, 4, 8, 16, 32];
 * const scores = steps.map((step, i) => ({ step, metric: "copying", value: i - (i % 2) }));
 * const rows = correlationTable(steps.map((step, i) => ({ step, E: i + (i % 2) })), scores);
 * const figure = correlatedQuantitiesFigure([{ name: "E", rows }], { model: "toy" });
 * assert.match(figure.svg, /copying/);
 * ```
 */
export function correlatedQuantitiesFigure(
  quantities: readonly CorrelatedQuantity[],
  { model, method = "pearson" }: CorrelatedQuantitiesOptions,
): Figure {
  if (quantities.length === 0) throw new RangeError("there is no quantity to draw; give one");
  const names = quantities.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new RangeError(`${twice} comes twice; give every quantity once`);
  const own = quantities.map(({ name, rows }) => (
    { name, rows: rows.filter((row) => row.method === method) }
  ));
  const metrics = [...new Set(own[0]!.rows.map(({ metric }) => metric))];
  const most = categoryColors.length * SYMBOLS.length;
  if (metrics.length === 0 || metrics.length > most) {
    throw new RangeError(
      `${names[0]} has ${metrics.length} metrics to draw; give from 1 to ${most}`,
    );
  }
  for (const { name, rows } of own) {
    const missing = metrics.find((metric) => !rows.some((row) => row.metric === metric));
    if (missing === undefined) continue;
    throw new RangeError(
      `${name} has no correlation with ${missing}; correlate all with the same scores`,
    );
  }
  const colors = metrics.map((_, i) => categoryColor(i));
  const symbols = metrics.length > categoryColors.length
    ? metrics.map((_, i) => SYMBOLS[Math.floor(i / categoryColors.length)]!)
    : [];
  const place = ({ metric }: { metric: string }) => metrics.indexOf(metric);
  const left = 20 + 6.6 * Math.max(...names.map((name) => name.length));
  const columns = isNarrow() ? 1 : 3;
  const inner = isNarrow() ? panel.width - left : (panel.width + 60 - left) / 3;
  const ownRows = own.flatMap(({ rows }) => rows), variants = variantNames(ownRows);
  const panels = (Object.keys(variants) as CorrelationVariant[]).map((variant, i) => {
    const points = own.flatMap(({ name, rows }) =>
      rows.filter((row) => row.variant === variant && row.r !== null)
        .map(({ metric, r }) => ({ name, metric, r: Math.abs(r!) }))
    );
    const medians = names.map((name) => (
      { name, r: median(points.filter((point) => point.name === name), ({ r }) => r) }
    )).filter(({ r }) => r !== undefined);
    const isFirst = i % columns === 0, marginLeft = isFirst ? left : 14;
    return {
      ...frame({ width: inner + marginLeft, marginLeft, marginRight: 14 }),
      height: panel.marginTop + panel.marginBottom + ROW * names.length,
      x: {
        ...{ domain: [0, 1], ticks: 3, grid: true, labelAnchor: "center" as const },
        tickFormat: (size: number) => `${size}`, // short enough to stay clear of the next panel's
        label: "size of the correlation →",
      },
      y: { domain: names, label: null, tickSize: 0, ...!isFirst && { tickFormat: () => "" } },
      marks: [
        Plot.text([variants[variant]], { ...ABOVE, dy: -8 }),
        Plot.ruleY(names, { stroke: "#ddd" }),
        Plot.dot(points, {
          ...{ x: "r", y: "name", r: 4.5, fillOpacity: 0.8 },
          fill: (point) => colors[place(point)]!,
          ...symbols.length > 0 &&
            { symbol: (point: typeof points[number]) => symbols[place(point)]! },
        }),
        Plot.tickX(medians, { x: "r", y: "name", stroke: "black", strokeWidth: 2, inset: 6 }),
      ],
    };
  });
  return drawFigure({
    name: "correlated_quantities",
    title: `${model}: which number of the weights goes along with what the model can do?`,
    caption:
      `Dots: the size of ${PERSONS[method]}'s correlation with each score, whatever its sign; ` +
      "black: their median. Levels: the values at the steps. Changes: from one step to the next. " +
      `${detrendWords(ownRows)} A dot is missing where ` +
      `there is no correlation. ${leftOutWords(ownRows)}` +
      "Intervals are in the table.",
    columns,
    panels: [...panels, colorKey(metrics, colors, symbols)],
  });
}

/** How many steps give no point, where there are some. */
export function leftOutWords(rows: readonly CorrelationRow[]): string {
  const counts = rows.map(({ leftOut }) => leftOut);
  if (!counts.some((count) => count > 0)) return "";
  return `Steps left out, at which only one of the two was measured: ${rangeWords(counts)}. `;
}
