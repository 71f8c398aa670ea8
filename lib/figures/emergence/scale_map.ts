/** E of weights that only grow, as a map over their scale and the threshold. */

import * as Plot from "@observablehq/plot";
import type { ScaleMapRow } from "../../emergence/scale_map.ts";
import { scaleKey } from "../heat_map.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { ascending, divergingScale, frame, nameMargin, panel } from "../style.ts";

/** Height of the map in pixels, and of a line of letters. */
const [HEIGHT, LINE] = [340, 14];

/** The way of a model over the map. */
export interface ScalePath {
  /** The model's name. */
  readonly name: string;
  /** The threshold in medians of its edges at the baseline. */
  readonly medians: number;
  /** Its scale at each step in order, 1 at the baseline, with the E that was measured. */
  readonly points: readonly { readonly scale: number; readonly E: number }[];
}

/** What a map is of, and what is drawn on it. */
export interface ScaleMapFigureOptions {
  /** Whose numbers of edges the map has, for the title. */
  readonly shape: string;
  /** Median length of its edges at scale 1, the unit of the thresholds. */
  readonly medianLength: number;
  /** The ways of models; none unless given. */
  readonly paths?: readonly ScalePath[];
}

/**
 * Draw E as a map: the scale of the weights across, the threshold in median lengths of the baseline upwards, both as
 * logarithms. A model goes along a level line, from scale 1 on; its dots have the colour of the E that was measured, so that a
 * model that is all scale has dots that cannot be told from the map.
 *
 * @param rows What {@linkcode scaleMap} gives.
 * @throws {RangeError} If no row has an E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { gaussianLengths } from "neuromfa/multifractal";
 * import { scaleMap } from "neuromfa/statistics";
 * import { scaleMapFigure } from "neuromfa/figures";
 *
 * const rows = scaleMap(
 *   (options, s) => [{ neurons: 64, edges: [{ edges: 96, lengths: gaussianLengths(0.03 * s, options) }] }],
 *   { scales: [1, 2, 4], thresholds: [100, 200] },
 * );
 * assert.match(scaleMapFigure(rows, { shape: "96 edges", medianLength: 49 }).svg, /96 edges/);
 * ```
 */
export function scaleMapFigure(
  rows: readonly ScaleMapRow[],
  { shape, medianLength, paths = [] }: ScaleMapFigureOptions,
): Figure {
  const known = rows.filter(({ E }) => !Number.isNaN(E));
  if (known.length === 0) throw new RangeError("no scale and threshold has an E to draw");
  const scales = ascending(rows.map(({ scale }) => scale));
  const thresholds = ascending(rows.map(({ threshold }) => threshold));
  const [across, upwards] = [sides(scales), sides(thresholds)];
  const colors = divergingScale([
    ...known.map(({ E }) => E),
    ...paths.flatMap(({ points }) => points.map(({ E }) => E)),
  ]);
  const cells = rows.map(({ scale, threshold, E }) => {
    const [x1, x2] = across.get(scale)!, [y1, y2] = upwards.get(threshold)!;
    return { x1, x2, y1: y1 / medianLength, y2: y2 / medianLength, color: colors.smooth(E) };
  });
  const dots = paths.flatMap(({ name, medians, points }) =>
    points.filter(({ E }) => !Number.isNaN(E)).map((point) => ({ name, medians, ...point }))
  );
  const x = [Math.min(...cells.map(({ x1 }) => x1)), Math.max(...cells.map(({ x2 }) => x2))];
  const y = [Math.min(...cells.map(({ y1 }) => y1)), Math.max(...cells.map(({ y2 }) => y2))];
  const missing = rows.length - known.length;
  const marginRight = paths.length === 0 ? 20 : nameMargin(paths.map(({ name }) => name), 90, 8);
  return drawFigure({
    name: "scale_map",
    title: `E of random weights that only grow (${shape})`,
    caption:
      "The degree of emergence that follows from the distribution of the weights alone, when all are multiplied by one " +
      "number: blue above 0, red below." +
      (missing > 0 ? ` Grey: none (${missing}), since too few edges count.` : "") +
      (paths.length > 0
        ? " Lines: models over training, from scale 1 on, each at its threshold; dots: the E that was measured, in the " +
          "same colours. Their scale is that of the median of |w|."
        : ""),
    panels: [
      {
        ...frame({ height: HEIGHT, marginRight }),
        x: {
          ...{ type: "log", domain: x, label: "scale: weights over those of step 0 →" },
          ...{
            labelAnchor: "center",
            ticks: [0.5, 1, 2, 3, 5, 10].filter((s) => x[0]! <= s && s <= x[1]!),
          },
          tickFormat: String,
        },
        y: {
          ...{ type: "log", domain: y, label: "↑ threshold in median lengths at step 0" },
          ...{
            ticks: [1, 2, 5, 10, 20, 50].filter((m) => y[0]! <= m && m <= y[1]!),
            tickFormat: String,
          },
        },
        marks: [
          Plot.rect(cells, {
            ...{ x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill: ({ color }) => color },
            shapeRendering: "crispEdges",
          }),
          Plot.ruleX([1], { stroke: "black", strokeDasharray: "2,3" }),
          Plot.line(dots, { x: "scale", y: "medians", z: "name", stroke: "black" }),
          Plot.dot(dots, {
            ...{
              x: "scale",
              y: "medians",
              r: 4,
              fill: ({ E }) => colors.smooth(E),
              stroke: "black",
            },
          }),
          ...pathNames(paths, y as [number, number]),
        ],
      },
      scaleKey("E", colors.colors, colors.bounds),
    ],
  });
}

/** Where the cell of each value ends: halfway to its neighbours, as logarithms. */
function sides(values: readonly number[]): Map<number, [number, number]> {
  const between = values.slice(1).map((value, i) => Math.sqrt(value * values[i]!));
  return new Map(values.map((value, i) => {
    const before = between[i - 1], after = between[i];
    return [value, [
      before ?? value * (after === undefined ? 1 / 1.1 : value / after),
      after ?? value * (before === undefined ? 1.1 : value / before),
    ]];
  }));
}

/** The names of paths at the right edge, moved apart where they would cover each other. */
function pathNames(
  paths: readonly ScalePath[],
  [low, high]: readonly [number, number],
): Plot.Markish[] {
  const height = HEIGHT - panel.marginTop - panel.marginBottom;
  const place = (medians: number) => height * Math.log(high / medians) / Math.log(high / low);
  let above = -Infinity;
  return paths.toSorted((a, b) => b.medians - a.medians).map(({ name, medians }) => {
    const own = place(medians), at = Math.max(own, above + LINE);
    above = at;
    return Plot.text([name], {
      ...{ frameAnchor: "right", textAnchor: "start", dx: 6 } as const,
      ...{ y: () => medians, dy: at - own, text: (text) => text },
    });
  });
}
