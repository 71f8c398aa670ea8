/** Which property of the network goes along with which skill: a map of correlations with their signs. */

import * as Plot from "@observablehq/plot";
import type { CorrelationMethod } from "../../statistics/correlation_coefficient.ts";
import type { CorrelationVariant } from "../../correlations/correlation_points.ts";
import { scaleKey } from "../heat_map.ts";
import { ABOVE, divergingScale, frame, panel, short } from "../style.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import {
  type CorrelatedQuantity,
  detrendWords,
  PERSONS,
  variantNames,
} from "./correlated_quantities.ts";
import { isNarrow } from "../figure_style.ts";

/** Which correlations a map shows. */
export interface CorrelationMapOptions {
  /** The model's name, for the title. */
  readonly model: string;
  /** Pearson's or Spearman's; `"pearson"` unless given. */
  readonly method?: CorrelationMethod;
}

/** Height of a row, and width of a letter of a name and of a metric's, in pixels. */
const ROW = 24, LETTER = 7, UPRIGHT = 7.6;
/** Numbers in cells narrower than this would touch. */
const NARROWEST = 22;

/**
 * Draw the correlations of several properties with all scores as maps, properties as rows and scores as columns, a map each
 * for levels, changes and without what time explains. Colours have the sign: blue goes up with the score, red down.
 *
 * @param quantities The properties, from top to bottom, each with rows of {@linkcode correlationTable} for the same metrics.
 * @throws {RangeError} If there is nothing to draw.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { correlationMapFigure } from "neuromfa/figures";
 * import { correlationTable } from "neuromfa/statistics";
 *
 * const steps = [0, 1, 2, 4, 8, 16, 32];
 * const scores = steps.map((step, i) => ({ step, metric: "copying", value: i - (i % 2) }));
 * const rows = correlationTable(steps.map((step, i) => ({ step, E: -i - (i % 2) })), scores);
 * assert.match(correlationMapFigure([{ name: "E", rows }], { model: "toy" }).svg, /copying/);
 * ```
 */
export function correlationMapFigure(
  quantities: readonly CorrelatedQuantity[],
  { model, method = "pearson" }: CorrelationMapOptions,
): Figure {
  const cells = quantities.flatMap(({ name, rows }) =>
    rows.filter((row) => row.method === method)
      .map(({ metric, variant, r }) => ({ name, metric, variant, r: r ?? NaN }))
  );
  if (cells.every(({ r }) => Number.isNaN(r))) {
    throw new RangeError(`${model} has no correlation to draw; see the statuses of the tables`);
  }
  const names = quantities.map(({ name }) => name);
  const metrics = [...new Set(cells.map(({ metric }) => metric))];
  const scale = divergingScale([-1, 1]);
  const longest = Math.max(...names.map(({ length }) => length));
  const left = 14 + LETTER * longest;
  const columns = isNarrow() ? 1 : 3;
  const inner = (panel.width - left - (isNarrow() ? 6 : 28)) / columns;
  const width = inner / metrics.length;
  const below = 14 + UPRIGHT * Math.max(...metrics.map(({ length }) => length));
  const ownRows = quantities.flatMap(({ rows }) => rows), variantWords = variantNames(ownRows);
  const variants = Object.keys(variantWords) as CorrelationVariant[];
  return drawFigure({
    name: "correlation_map",
    title: `${model}: which property goes along with which skill?`,
    caption:
      `${PERSONS[method]}'s correlation of each property with each score; blue above 0, red ` +
      "below, grey where there is none. Levels: the values at the steps. Changes: from one step " +
      "to the next. " + detrendWords(ownRows),
    columns,
    panels: [
      ...variants.map((variant, i) => {
        const own = cells.filter((cell) => cell.variant === variant);
        const isFirst = i % columns === 0, marginLeft = isFirst ? left : 10;
        return {
          ...frame({ width: inner + marginLeft + 6, marginLeft, marginRight: 6 }),
          ...{ height: panel.marginTop + ROW * names.length + below, marginBottom: below },
          x: {
            ...{ domain: metrics, label: null, tickSize: 0, tickRotate: -90, padding: 0 },
          },
          y: {
            ...{ domain: names, label: null, tickSize: 0, padding: 0 },
            ...!isFirst && { tickFormat: () => "" },
          },
          marks: [
            Plot.text([variantWords[variant]], { ...ABOVE, dy: -8 }),
            Plot.cell(own, {
              ...{ x: "metric", y: "name", inset: 0.5 },
              fill: ({ r }) => scale.color(r),
            }),
            Plot.text(width < NARROWEST ? [] : own, {
              ...{ x: "metric", y: "name", fontSize: 9 },
              text: ({ r }) => Number.isNaN(r) ? "–" : short(r),
              fill: ({ r }) => scale.textColor(r),
            }),
          ],
        };
      }),
      scaleKey("correlation", scale.colors, scale.bounds),
    ],
  });
}
