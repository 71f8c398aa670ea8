/** How often intervals hold the truth, case by case, in two ways of taking them. */

import * as Plot from "@observablehq/plot";
import type { CalibrationRow } from "../../statistics/calibrate.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { BESIDE, categoryColors, frame } from "../style.ts";
import { isNarrow } from "../figure_style.ts";

/** One way of taking intervals, with what its simulations gave. */
export interface CalibratedMethod {
  /** The way in words. */
  readonly name: string;
  /** The rows of {@linkcode calibrate}. */
  readonly rows: readonly CalibrationRow[];
}

/** Height of a case, in pixels. */
const HEIGHT = 18;
/** Room for the names of cases and lines of each, where a figure is narrow. */
const [NAMES, LINES] = [164, 2.6];

/**
 * Draw for each case the share of 95 % intervals that held the truth, in one way of taking them or several.
 *
 * @throws {RangeError} If there is no case.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { calibrationFigure } from "neuromfa/figures";
 * import { calibrate, intervalCases } from "neuromfa/statistics";
 *
 * const rows = calibrate(intervalCases().slice(0, 2), 50);
 * assert.match(calibrationFigure([{ name: "studentised", rows }]).svg, /normal, 5 samples/);
 * ```
 */
export function calibrationFigure(methods: readonly CalibratedMethod[]): Figure {
  const drawn = methods.flatMap(({ name, rows }, i) =>
    rows.filter(({ share }) => !Number.isNaN(share))
      .map((row) => ({ ...row, method: name, color: categoryColors[i]!, percent: 100 * row.share }))
  );
  const [first] = drawn;
  if (first === undefined) {
    throw new RangeError("there is no case with an interval to draw; simulate one or more");
  }
  const cases = [...new Set(drawn.map(({ name }) => name))];
  const least = Math.min(80, ...drawn.map(({ percent }) => percent));
  const height = isNarrow() ? LINES * HEIGHT : HEIGHT;
  const above = isNarrow() ? 15 * (methods.length - 1) : 0;
  const labelled = methods.map((method, i) => ({ ...method, color: categoryColors[i]! }));
  return drawFigure({
    name: "calibration",
    title: "How often does a 95 % interval hold the truth?",
    caption:
      `Share of simulations, ${first.trials} or fewer of each case, in which the interval held the mean that ` +
      `the samples came from. Grey: ${100 * first.least} to ${
        100 * first.most
      } %, near enough to 95 %. ${labelled.length > 1 ? "Lines join the ways of taking it." : ""}`
        .trim(),
    panels: [{
      ...frame({ height: height * cases.length + 70 + above, marginTop: 30 + above }),
      ...{ marginLeft: isNarrow() ? NAMES : 284, marginRight: 24 },
      x: {
        domain: [Math.floor(least / 10) * 10, 100],
        grid: true,
        label: "intervals that hold it, % →",
        labelAnchor: "center",
      },
      y: { domain: cases, label: null, tickSize: 0 },
      marks: [
        ...isNarrow() ? [Plot.axisY({ label: null, tickSize: 0, lineWidth: NAMES / 15 })] : [],
        Plot.rectX([first], {
          ...{ x1: 100 * first.least, x2: 100 * first.most, fill: "#ddd" },
        }),
        Plot.ruleX([95], { stroke: "#666" }),
        Plot.ruleY(cases, {
          y: (name: string) => name,
          x1: (name: string) => extreme(drawn, name, Math.min),
          x2: (name: string) => extreme(drawn, name, Math.max),
          stroke: "#999",
        }),
        Plot.dot(drawn, { x: "percent", y: "name", fill: "color", r: 4 }),
        ...labelled.map(({ name, color }, i) =>
          Plot.text([name], {
            ...BESIDE,
            ...{ frameAnchor: "top-left", textAnchor: "start", fill: color, fontWeight: "bold" },
            ...isNarrow()
              ? { dx: 8 - NAMES, dy: -16 - 15 * (labelled.length - 1 - i) }
              : { dx: 8 + 170 * i, dy: -16 },
          })
        ),
      ],
    }],
  });
}

function extreme(
  drawn: readonly { readonly name: string; readonly percent: number }[],
  name: string,
  of: (...values: number[]) => number,
): number {
  return of(...drawn.filter((row) => row.name === name).map(({ percent }) => percent));
}
