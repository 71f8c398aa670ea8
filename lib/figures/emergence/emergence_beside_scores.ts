/** E and each score on two axes, a panel a score. */

import * as Plot from "@observablehq/plot";
// @ts-types="@types/d3-array"
import { ticks, tickStep } from "d3-array";
import type { BenchmarkScore } from "../../scores/score_table.ts";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import {
  barOf,
  barWords,
  directionWords,
  emergenceMarks,
  rowsWithE,
  scoresToDraw,
} from "./emergence_marks.ts";
import { drawFigure, type Figure, type ModelFigureOptions } from "../render/draw_figure.ts";
import {
  EMERGENCE_COLOR,
  extent,
  frame,
  isEven,
  panel,
  scoreColor,
  shortName,
  stepAxis,
  weightsLabel,
} from "../style.ts";

/** Most letters of a metric that have room above its panel. */
const LONGEST = 34;

/** What E is drawn beside. */
export interface EmergenceBesideScoresOptions extends ModelFigureOptions {
  /** Scores; each metric gets a panel. */
  readonly scores: readonly BenchmarkScore[];
}

/**
 * Draw E and one score on two axes for every metric (Xiao et al., ICLR 2025, Fig. 6), each axis over the range of its values.
 *
 * @throws {RangeError} If there is no step with an E, or no score.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure, modelScores, openRun } from "neuromfa";
 * import { emergenceBesideScoresFigure } from "neuromfa/figures";
 *
 * const run = await openRun("suite:nano-64"), scores = await modelScores(run);
 * const { emergence } = await measure(run, { samples: 2, steps: [0, 512] });
 * assert.match(emergenceBesideScoresFigure(emergence, { model: "nano-64", scores }).svg, /copying/);
 * ```
 */
export function emergenceBesideScoresFigure(
  emergence: readonly EmergenceRow[],
  { scores, model, made = "" }: EmergenceBesideScoresOptions,
): Figure {
  const rows = rowsWithE(emergence, model);
  const metrics = scoresToDraw(model, scores);
  const isOnLnAxis = metrics.some(({ scores }) =>
    !isEven([...rows, ...scores].map(({ step }) => step))
  );
  return drawFigure({
    name: "emergence_beside_scores",
    title: `${model}: degree of emergence and each score on axes of their own`,
    caption: "Black, left: E with its 95 % interval over samples. Coloured, right: the score " +
      `${barWords(scores, "± one standard error")}. Each ` +
      "axis spans the range of its own values, so two lines that meet only say that both were scaled: look at when they " +
      `move. ${isOnLnAxis ? "Steps are spaced as ln(1 + step). " : ""}${made}`,
    columns: 2,
    panels: metrics.map((one, i) => metricPanel(rows, one, scoreColor(i), i >= metrics.length - 2)),
  });
}

function metricPanel(
  rows: readonly EmergenceRow[],
  { metric, scores }: ReturnType<typeof scoresToDraw>[number],
  color: string,
  isLast: boolean,
): Plot.PlotOptions {
  const [low, high] = range(rows.flatMap(({ E, eLow, eHigh }) => [E, eLow, eHigh]));
  const bars = scores.map((score) => ({ ...score, ...barOf(score) }));
  const [least, most] = range(bars.flatMap(({ low, high }) => [low, high]));
  const place = (value: number) => low + (value - least) / (most - least) * (high - low);
  const axis = stepAxis([...rows, ...scores].map(({ step }) => step));
  const points = bars.map(({ step, value, stderr, low, high }) => (
    { step, y: place(value), y1: place(low), y2: place(high), isBar: stderr !== null }
  ));
  const named = shortName(metric, LONGEST - directionWords(scores).length);
  const axisTicks = ticks(least, most, 4), ticksOfE = ticks(low, high, 4);
  // Unless given Plot takes fewer digits where a panel is lower, so that two ticks read the same.
  const digits = Math.max(0, Math.ceil(-Math.log10(tickStep(low, high, 4)) - 1e-9));
  return {
    ...frame({ width: panel.width / 2, height: 190, marginRight: 46 }),
    marginBottom: isLast ? panel.marginBottom : 26,
    x: {
      ...axis,
      ticks: axis.ticks.filter((_, j) => j % 2 === 0),
      label: isLast ? "training step →" : null,
    },
    y: { domain: [low, high], axis: null },
    marks: [
      Plot.axisY(ticksOfE, {
        ...{ label: "↑ E", color: EMERGENCE_COLOR, anchor: "left" },
        tickFormat: (E: number) => E.toFixed(digits).replace("-", "−"),
      }),
      Plot.axisY(axisTicks.map(place), {
        ...{ label: null, color, anchor: "right" },
        tickFormat: (y: number) =>
          formatTick(least + (y - low) / (high - low) * (most - least), axisTicks),
      }),
      // Not the axis's own label, which would touch that of the next panel.
      Plot.text([`${named}${directionWords(scores)} ↑`], {
        ...{ frameAnchor: "top-right", lineAnchor: "bottom", dx: 30, dy: -9, fill: color } as const,
      }),
      ...emergenceMarks(rows, EMERGENCE_COLOR),
      Plot.ruleX(points.filter(({ isBar }) => isBar), {
        x: "step",
        y1: "y1",
        y2: "y2",
        stroke: color,
      }),
      Plot.line(points, { x: "step", y: "y", stroke: color, strokeWidth: 2 }),
    ],
  };
}

/** Least and largest of some values, NaN left out, apart even where all are equal. */
function range(values: readonly number[]): [number, number] {
  const [low, high] = extent(values);
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

/** From here on a number has no room at the right. */
const LARGE = 10_000;

function formatTick(value: number, all: readonly number[]): string {
  const rounded = Math.round(value * 1e6) / 1e6 + 0;
  if (all.some((tick) => Math.abs(tick) >= LARGE)) return weightsLabel(rounded).replace("-", "−");
  return (Math.round(value * 1e6) / 1e6 + 0).toLocaleString("en-US", { maximumFractionDigits: 6 })
    .replace("-", "−");
}
