/** The degree of emergence against that of a null model. */

import * as Plot from "@observablehq/plot";
import type { ExcessRow } from "../../emergence/excess_emergence.ts";
import { NULL_KINDS, type NullKind } from "../../options/measuring_options.ts";
import { emergenceMarks, extentOfE } from "./emergence_marks.ts";
import { endLabel, endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure, type ModelFigureOptions } from "../render/draw_figure.ts";
import { categoryColors, E_AXIS, frame, MAIN_COLOR, stepAxis, zeroLine } from "../style.ts";

/** What is drawn. */
export interface ExcessFigureOptions extends ModelFigureOptions {
  /** The null model that E is compared with. */
  readonly kind: NullKind;
}

/** p values up to this have a filled dot. */
const SIGNIFICANT = 0.05;

const nullColor = categoryColors[1]!;

/**
 * Draw E and the null model's E over training, each with its band, and below the excess of the one over the other.
 *
 * @throws {RangeError} If there is no step with an excess.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ExcessRow, measure } from "neuromfa";
 * import { excessFigure } from "neuromfa/figures";
 *
 * const options = { samples: 2, steps: [0, 512], null: "permute", nullDraws: 2 } as const;
 * const { rows } = await measure("suite:nano-64", options);
 * const figure = excessFigure(rows as ExcessRow[], { model: "nano-64", kind: "permute" });
 * assert.match(figure.svg, /permute/);
 * ```
 */
export function excessFigure(
  rows: readonly ExcessRow[],
  { model, kind, made = "" }: ExcessFigureOptions,
): Figure {
  const drawn = rows.filter(({ excess }) => !Number.isNaN(excess));
  if (drawn.length === 0) {
    throw new RangeError(`${model} has no step with an excess to draw; see the statuses`);
  }
  const nulls = drawn.map((row) => (
    { ...row, E: row.eNull, eLow: row.eNullLow, eHigh: row.eNullHigh }
  ));
  const excess = drawn.map((row) => (
    { ...row, E: row.excess, eLow: row.excessLow, eHigh: row.excessHigh }
  ));
  const last = drawn.at(-1)!;
  const steps = drawn.map(({ step }) => step), lastStep = Math.max(...steps);
  const labelled = [
    { name: "E", color: MAIN_COLOR, end: last.E },
    { name: "null model", color: nullColor, end: last.eNull },
  ];
  const axis = stepAxis(steps);
  const draws = Math.max(...drawn.map(({ nullDraws }) => nullDraws));
  const least = (1 / (draws + 1)).toFixed(3);
  return drawFigure({
    name: "excess",
    title: `${model}: E against the null model “${kind}”`,
    caption: [
      `Null model “${kind}” (${draws} ${draws === 1 ? "draw" : "draws"}): ${NULL_KINDS[kind]}.`,
      draws === 1
        ? "Bands: 95 % intervals over samples."
        : "Bands: for E its 95 % interval over samples; for the null model where 95 % of single draws lie; for the excess " +
          "E − E_null as much around it. The p value is the test.",
      drawn.some(({ pValue }) => !Number.isNaN(pValue))
        ? `Filled dots: two-sided p ≤ ${SIGNIFICANT}, each step by itself; the smallest that ${draws} draws allow is ${least}.`
        : "One draw has no p value.",
      rows.length === drawn.length ? "" : `${drawn.length} of ${rows.length} steps have an excess.`,
      made,
    ].filter((sentence) => sentence !== "").join(" "),
    panels: [
      {
        ...frame({ height: 260, marginBottom: 26, marginLeft: 60, marginRight: 140 }),
        x: { ...axis, label: null },
        y: { ...E_AXIS, nice: true },
        marks: [
          zeroLine(),
          ...emergenceMarks(nulls, nullColor),
          ...emergenceMarks(drawn, MAIN_COLOR),
          Plot.dot(drawn, { x: "step", y: "E", fill: MAIN_COLOR, r: 2.5 }),
          ...endLabels(labelled, lastStep, 0.09, extentOfE([...drawn, ...nulls])),
        ],
      },
      {
        ...frame({ height: 220, marginLeft: 60, marginRight: 140, x: axis }),
        y: { label: "↑ excess E − E_null", grid: true, nice: true },
        marks: [
          zeroLine(),
          ...emergenceMarks(excess, "#444"),
          Plot.dot(excess, {
            ...{ x: "step", y: "E", stroke: "#444", r: 3 },
            fill: ({ pValue }) => pValue <= SIGNIFICANT ? "#444" : "white",
          }),
          endLabel("excess", lastStep, last.excess, "#444"),
        ],
      },
    ],
  });
}
