/** The degree of emergence against that of a null model. */

import * as Plot from "@observablehq/plot";
import type { ExcessRow } from "../../emergence/excess_emergence.ts";
import { NULL_KINDS, type NullKind } from "../../options/measuring_options.ts";
import { emergenceMarks } from "./emergence_marks.ts";
import { endLabel, spreadLabels } from "../spread_labels.ts";
import { drawFigure } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { stepAxis } from "../step_axis.ts";
import { categoryColors, MAIN_COLOR, panel } from "../style.ts";

/** What is drawn. */
export interface ExcessFigureOptions {
  /** The model's name, for the title. */
  readonly model: string;
  /** The null model that E is compared with. */
  readonly kind: NullKind;
  /** How the table was made, for the caption, as {@linkcode describeRecord} tells it. */
  readonly made?: string;
}

/** p values up to this have a filled dot. */
const SIGNIFICANT = 0.05;

/** Least distance of two labels, as a share of the height of the axis. */
const LABEL_GAP = 0.09;

const nullColor = categoryColors[1]!;

/**
 * Draw E and the null model's E over training, each with its band, and below the excess of the one over the other.
 *
 * @param rows The table of E with its null model.
 * @throws {RangeError} If there is no step with an excess.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { excessFigure } from "neuromfa/figures";
 *
 * const row = (step: number, E: number) => ({
 *   ...{ step, alpha0: 1, width: 1, E, eLow: E - 0.01, eHigh: E + 0.01, samplesKept: 10 },
 *   ...{ eNull: E / 2, eNullLow: E / 2 - 0.01, eNullHigh: E / 2 + 0.01, excess: E / 2 },
 *   ...{ excessLow: E / 2 - 0.02, excessHigh: E / 2 + 0.02, pValue: 1 / 21, nullDraws: 20 },
 *   status: "ok",
 * });
 * const figure = excessFigure([row(0, 0), row(64, 0.2)], { model: "toy", kind: "permute" });
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
  const nulls = drawn.map((row) => ({
    ...row,
    E: row.eNull,
    eLow: row.eNullLow,
    eHigh: row.eNullHigh,
  }));
  const excess = drawn.map((row) => ({
    ...row,
    E: row.excess,
    eLow: row.excessLow,
    eHigh: row.excessHigh,
  }));
  const values = [...drawn, ...nulls].flatMap(({ E, eLow, eHigh }) => [E, eLow, eHigh])
    .filter((value) => !Number.isNaN(value));
  const ends: [number, number] = [Math.min(...values), Math.max(...values)];
  const last = drawn.at(-1)!;
  const [own, ofNull] = spreadLabels([last.E, last.eNull], LABEL_GAP * (ends[1] - ends[0]), ends);
  const axis = stepAxis(drawn.map(({ step }) => step));
  const lastStep = Math.max(...drawn.map(({ step }) => step));
  const shared = { ...panel, marginLeft: 60, marginRight: 140 };
  const draws = Math.max(...drawn.map(({ nullDraws }) => nullDraws));
  const tested = drawn.some(({ pValue }) => !Number.isNaN(pValue));
  const left = rows.length - drawn.length;
  return drawFigure({
    name: "excess",
    title: `${model}: E against the null model “${kind}”`,
    caption: [
      `Null model “${kind}” (${draws} ${draws === 1 ? "draw" : "draws"}): ${NULL_KINDS[kind]}.`,
      "Bands: for E its 95 % bootstrap interval over samples; for the null model where 95 % of its E lie, draws " +
      "and samples; for the excess E − E_null its 95 % bootstrap interval.",
      tested
        ? `Filled dots: two-sided p ≤ ${SIGNIFICANT}, each step by itself; the smallest that ${draws} draws allow is ${
          (1 / (draws + 1)).toFixed(3)
        }.`
        : "One draw has no p value.",
      left === 0 ? "" : `${drawn.length} of ${rows.length} steps have an excess.`,
      made,
    ].filter((sentence) => sentence !== "").join(" "),
    panels: [
      {
        ...shared,
        height: 260,
        marginBottom: 26,
        x: { ...axis, label: null },
        y: { label: "↑ degree of emergence E", grid: true, nice: true },
        marks: [
          Plot.ruleY([0], { stroke: "#999" }),
          ...emergenceMarks(nulls, nullColor),
          ...emergenceMarks(drawn, MAIN_COLOR),
          Plot.dot(drawn, { x: "step", y: "E", fill: MAIN_COLOR, r: 2.5 }),
          endLabel("E", lastStep, own!, MAIN_COLOR),
          endLabel("null model", lastStep, ofNull!, nullColor),
        ],
      },
      {
        ...shared,
        height: 220,
        x: axis,
        y: { label: "↑ excess E − E_null", grid: true, nice: true },
        marks: [
          Plot.ruleY([0], { stroke: "#999" }),
          ...emergenceMarks(excess, "#444"),
          Plot.dot(excess, {
            x: "step",
            y: "E",
            stroke: "#444",
            fill: ({ pValue }) => pValue <= SIGNIFICANT ? "#444" : "white",
            r: 3,
          }),
          endLabel("excess", lastStep, last.excess, "#444"),
        ],
      },
    ],
  });
}
