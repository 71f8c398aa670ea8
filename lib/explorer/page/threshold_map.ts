/** E over steps and thresholds, as a map. */

import * as Plot from "@observablehq/plot";
import { HEAT_MAP_TOP, heatMapPanel, scaleKey } from "../../figures/heat_map.ts";
import { drawFigure, type Figure } from "../../figures/render/draw_figure.ts";
import { divergingScale, panel, short } from "../../figures/style.ts";

/** E at a step and a threshold. */
export interface ThresholdRow {
  readonly step: number;
  readonly threshold: number;
  readonly E: number;
}

/**
 * Draw E at each step and threshold, with the threshold that is chosen marked.
 *
 * @throws {RangeError} If no step has an E at any threshold.
 */
export function thresholdMapFigure(
  rows: readonly ThresholdRow[],
  { model, threshold }: { readonly model: string; readonly threshold: number },
): Figure {
  const columns = [...new Set(rows.map(({ step }) => step))];
  const thresholds = [...new Set(rows.map((row) => row.threshold))].sort((a, b) => a - b);
  if (rows.every(({ E }) => Number.isNaN(E))) {
    throw new RangeError(`${model} has no E at any of the thresholds ${thresholds.join(", ")}`);
  }
  const colors = divergingScale(rows.map(({ E }) => E));
  const cells = rows.map((row) => ({
    column: columns.indexOf(row.step),
    row: thresholds.indexOf(row.threshold),
    color: colors.color(row.E),
    text: Number.isNaN(row.E) ? "" : short(row.E),
    textColor: Number.isNaN(row.E) ? "black" : colors.textColor(row.E),
  }));
  const names = thresholds.map((value) => `${Math.round(value)}`);
  const map = heatMapPanel({ columns, rows: names, cells, rowHeight: 18, label: "↑ threshold" });
  const place = placeOf(thresholds, threshold);
  const marks = place === null ? [] : [
    Plot.ruleY([place], { stroke: "black", strokeWidth: 2 }),
  ];
  return drawFigure({
    name: "threshold_map",
    title: `${model}: E at other thresholds`,
    caption:
      "Degree of emergence at each step, by the longest edge that counts: blue above 0, red below, grey none. " +
      (place === null
        ? `The threshold chosen, ${threshold}, lies outside.`
        : "The line is the threshold chosen."),
    panels: [
      {
        ...map,
        width: panel.width,
        marginTop: HEAT_MAP_TOP,
        marks: [...map.marks ?? [], ...marks],
      },
      scaleKey("E", colors.colors, colors.bounds),
    ],
  });
}

/** Where a value stands among some that ascend, each in the middle of a row; `null` if outside of them. */
export function placeOf(ascending: readonly number[], value: number): number | null {
  const after = ascending.findIndex((one) => one >= value);
  if (after === 0) return value === ascending[0] ? 0.5 : null;
  if (after < 0) return null;
  const [low, high] = [ascending[after - 1]!, ascending[after]!];
  return after - 0.5 + Math.log(value / low) / Math.log(high / low);
}

/** Thresholds of a map, whole numbers from a third of the median length up to what is kept. */
export function mapThresholds(medianLength: number, most: number): number[] {
  const low = Math.max(4, medianLength / 3), count = 14;
  return [
    ...new Set(
      Array.from({ length: count }, (_, i) => Math.round(low * (most / low) ** (i / (count - 1)))),
    ),
  ];
}
