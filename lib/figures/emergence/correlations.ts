/** How a quantity correlates with scores: as they grow, as they change, and without what time explains. */

import * as Plot from "@observablehq/plot";
import type { CorrelationMethod } from "../../statistics/correlation_coefficient.ts";
import type { CorrelationVariant } from "../../correlations/correlation_points.ts";
import type { CorrelationRow } from "../../correlations/correlation_table.ts";
import { detrendWords, leftOutWords, PERSONS, variantNames } from "./correlated_quantities.ts";
import { drawFigure, type Figure, type ModelFigureOptions } from "../render/draw_figure.ts";
import { AFTER, BESIDE, frame, panel, shortName } from "../style.ts";

/** Which correlations are drawn, and what is said of them. */
export interface CorrelationsFigureOptions extends ModelFigureOptions {
  /** Pearson's or Spearman's; `"pearson"` unless given. */
  readonly method?: CorrelationMethod;
}

/** The colours of the variants. */
const COLORS: Readonly<Record<CorrelationVariant, string>> = {
  ...{ levels: "#D55E00", differences: "#0072B2", partial: "#009E73" },
};

/** Most letters of a metric above its panel. */
const LONGEST = 64;

/** Height of a metric's panel, in pixels. */
const HEIGHT = 66;

/**
 * Draw the correlations of a quantity with each score, with block-bootstrap intervals, and beside those of levels what
 * ln(step + 1) alone gives.
 *
 * @param rows The table of {@linkcode correlationTable}, of one quantity.
 * @throws {RangeError} If there is no row by that method, or rows of several quantities.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { correlationsFigure } from "neuromfa/figures";
 * import { correlationTable } from "neuromfa/statistics";
 *
 * const steps = [0, 1, 2, 4, 8, 16, 32];
 * const E = steps.map((step, i) => ({ step, E: i + (i % 2) }));
 * const scores = steps.map((step, i) => ({ step, metric: "copying", value: i - (i % 2) }));
 * const figure = correlationsFigure(correlationTable(E, scores), { model: "toy" });
 * assert.match(figure.svg, /copying/);
 * ```
 */
export function correlationsFigure(
  rows: readonly CorrelationRow[],
  { model, method = "pearson", made = "" }: CorrelationsFigureOptions,
): Figure {
  const drawn = rows.filter((row) => row.method === method);
  const quantities = new Set(drawn.map(({ quantity }) => quantity));
  if (quantities.size !== 1) {
    throw new RangeError(
      `the figure shows one quantity by ${method}, but the table has ${quantities.size}`,
    );
  }
  const [quantity] = quantities, metrics = [...Map.groupBy(drawn, ({ metric }) => metric)];
  // One diamond is named for all.
  const named = metrics.findIndex(([, own]) => own.some(isTimeAlone));
  return drawFigure({
    name: `correlations_${method}`,
    title: `${model}: does ${quantity} go along with what the model can do, or only with time?`,
    caption:
      `${PERSONS[method]}'s correlation of ${quantity} with each score over n points. Levels: ` +
      `the values at the steps; the diamond is ln(step + 1) in place of ${quantity}: anything ` +
      "that grows correlates. Changes: from one step to the next. " +
      `${detrendWords(drawn)} Bars: 95 % intervals by a block bootstrap, which ` +
      `allows for neighbours that depend on each other; none where it fails. ${
        leftOutWords(drawn)
      }${made}`,
    panels: metrics.map(([metric, own], i) =>
      metricPanel(metric, own, { isNamed: i === named, isLast: i === metrics.length - 1 })
    ),
  });
}

function metricPanel(
  metric: string,
  rows: readonly CorrelationRow[],
  { isNamed, isLast }: { readonly isNamed: boolean; readonly isLast: boolean },
): Plot.PlotOptions {
  const names = variantNames(rows);
  const own = rows.map((row) => (
    { ...row, name: names[row.variant], color: COLORS[row.variant] }
  ));
  const measured = own.filter(({ r }) => r !== null);
  const timeAlone = own.filter(isTimeAlone);
  const side = (timeAlone[0]?.rStep ?? 0) < 0
    ? { textAnchor: "start", dx: 8 } as const
    : { textAnchor: "end", dx: 6 } as const;
  return {
    ...frame({ height: HEIGHT + (isLast ? panel.marginBottom : 0), marginTop: 20 }),
    ...{ marginBottom: isLast ? panel.marginBottom : 2, marginLeft: 112, marginRight: 72 },
    x: {
      ...{ domain: [-1, 1], grid: true, ticks: isLast ? [-1, -0.5, 0, 0.5, 1] : [] },
      ...{ label: isLast ? "correlation →" : null, labelAnchor: "center" },
    },
    y: { domain: Object.values(names), label: null, tickSize: 0 },
    marks: [
      Plot.ruleX([-1, -0.5, 0.5, 1], { stroke: "#ddd" }),
      Plot.ruleX([0], { stroke: "#999" }),
      Plot.text([shortName(metric, LONGEST)], {
        frameAnchor: "top-left",
        dy: -16,
        dx: -104,
        fontWeight: "bold",
      }),
      Plot.ruleY(measured, {
        ...{ y: "name", x1: "blockLow", x2: "blockHigh" },
        ...{ stroke: "color", strokeWidth: 2.5, strokeOpacity: 0.55 },
      }),
      Plot.dot(timeAlone, { x: "rStep", y: "name", symbol: "diamond", r: 5, stroke: "#000" }),
      Plot.text(isNamed ? timeAlone : [], {
        ...{ x: "rStep", y: "name", dy: -14, ...side, text: () => "time alone" },
      }),
      Plot.dot(measured, { x: "r", y: "name", fill: "color", r: 4 }),
      Plot.text(own, { y: "name", ...BESIDE, text: ({ n }) => `n = ${n}` }),
      Plot.text(own.filter(({ r }) => r === null), {
        ...{ x: 0, y: "name", ...AFTER, text: () => "none; the table says why", fill: "#666" },
      }),
    ],
  };
}

function isTimeAlone({ variant, rStep }: CorrelationRow): boolean {
  return variant === "levels" && rStep !== null;
}
