/** E and all scores, each scaled to its own range. */

import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import type { EmergenceBesideScoresOptions } from "./emergence_beside_scores.ts";
import { scoresToDraw } from "./emergence_marks.ts";
import { endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure, type Panel } from "../render/draw_figure.ts";
import {
  ABOVE,
  categoryColors,
  EMERGENCE_COLOR,
  extent,
  frame,
  largeNumber,
  panel,
  scoreColor,
  shortName,
  stepAxis,
} from "../style.ts";

/** Longest name that has room beside the panel that all share, and above a panel of its own. */
const [LONGEST_BESIDE, LONGEST_ABOVE] = [28, 22];

/** Metrics a row where each has a panel of its own. */
const COLUMNS = 3;

/**
 * Draw E and all scores over training, each from 0 at its least value to 1 at its largest: in one panel where there are
 * colours and room for all metrics, and beyond six metrics, or with long names, in a panel each,
 * with E in all of them. What is the same at every step is a flat line in the middle, and the
 * caption says so.
 *
 * @throws {RangeError} If E or a metric was never measured, or there are no scores.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure, modelScores, openRun } from "neuromfa";
 * import { normalizedScoresFigure } from "neuromfa/figures";
 *
 * const run = await openRun("suite:nano-64"), scores = await modelScores(run);
 * const { emergence } = await measure(run, { samples: 2, steps: [0, 512] });
 * assert.match(normalizedScoresFigure(emergence, { model: "nano-64", scores }).svg, /copying/);
 * ```
 */
export function normalizedScoresFigure(
  emergence: readonly EmergenceRow[],
  { scores, model, made = "" }: EmergenceBesideScoresOptions,
): Figure {
  const metrics = scoresToDraw(model, scores);
  const ofE = emergence.map(({ step, E }) => ({ step, value: E }));
  const lines: [Line, ...Line[]] = [
    normalized(model, "E", EMERGENCE_COLOR, ofE),
    ...metrics.map(({ metric, scores }, i) => normalized(model, metric, scoreColor(i), scores)),
  ];
  const inOne = metrics.length < categoryColors.length && // E has the black one.
    metrics.every(({ metric }) => metric.length <= LONGEST_BESIDE);
  const isFlat = ({ low, high }: Line) => low === high;
  const ends = lines.filter((line) => !isFlat(line))
    .map(({ name, low, high }) => `${name} ${shown(low)} and ${shown(high)}`);
  const flat = lines.filter(isFlat).map(({ name, low }) => `${name}, always ${shown(low)}`);
  return drawFigure({
    name: "normalized_scores",
    title: `${model}: E and scores, each from its least to its largest value`,
    caption: (inOne ? "" : "Black: E, the same in every panel; coloured: the score. ") +
      (ends.length > 0 ? `0 and 1 are: ${ends.join("; ")}. ` : "") +
      (flat.length > 0 ? `Flat in the middle, since it never changes: ${flat.join("; ")}. ` : "") +
      `Scaling hides sizes and intervals; what is left to see is when each moves. ${made}`,
    columns: inOne ? 1 : COLUMNS,
    panels: inOne ? [sharedPanel(lines)] : ownPanels(lines),
  });
}

/** What is drawn as a line. */
type Line = ReturnType<typeof normalized>;

/** All lines in one panel, named at their ends. */
function sharedPanel(lines: readonly Line[]): Panel {
  const steps = lines.flatMap(({ points }) => points.map(({ step }) => step));
  return {
    ...frame({ height: 380 }),
    marginRight: 16 + 8.4 * Math.max(...lines.map(({ name }) => name.length)),
    x: stepAxis(steps),
    y: { label: "↑ share of the way from the least to the largest value", grid: true },
    marks: [
      ...lines.toReversed().map(lineMark),
      ...endLabels(lines, Math.max(...steps), 0.055, [0, 1]),
    ],
  };
}

/** One panel for each score, with E in each, since there are too few distinct colours for one plot. */
function ownPanels([ofE, ...others]: readonly [Line, ...Line[]]): Panel[] {
  const axis = stepAxis([ofE, ...others].flatMap(({ points }) => points.map(({ step }) => step)));
  const ticks = axis.ticks.filter((_, j) => j % 3 === 0);
  return others.map((line, i): Panel => {
    const isLast = i >= others.length - COLUMNS;
    const isFirst = i % COLUMNS === 0;
    return {
      ...frame({ marginLeft: isFirst ? 40 : 20, marginRight: 12 }),
      width: (panel.width + (isFirst ? 2 : -1) * 10) / COLUMNS,
      height: 150 + (isLast ? 18 : 0),
      marginBottom: isLast ? panel.marginBottom : 26,
      x: { ...axis, ticks, label: isLast ? "training step →" : null },
      y: {
        ...{ domain: [0, 1], ticks: [0, 0.5, 1], grid: true, label: null },
        ...!isFirst && { tickFormat: () => "", tickSize: 0 },
      },
      marks: [
        Plot.text([shortName(line.name, LONGEST_ABOVE)], {
          ...ABOVE,
          frameAnchor: "top-left",
          dy: -8,
          fill: line.color,
        }),
        ...[line, ofE].map(lineMark),
      ],
    };
  });
}

function lineMark({ points, name, color }: Line): Plot.Markish {
  const strokeWidth = name === "E" ? 3 : 1.6;
  return Plot.line(points, { x: "step", y: "value", stroke: color, strokeWidth });
}

function normalized(
  model: string,
  name: string,
  color: string,
  values: readonly { readonly step: number; readonly value: number }[],
) {
  const measured = values.filter(({ value }) => !Number.isNaN(value));
  const [low, high] = extent(measured.map(({ value }) => value));
  if (measured.length === 0) {
    throw new RangeError(
      `${name} of ${model} was never measured, so it has no range to scale; leave it out`,
    );
  }
  const place = (value: number) => low < high ? (value - low) / (high - low) : 0.5;
  const points = measured.map(({ step, value }) => ({ step, value: place(value) }));
  return { name, color, low, high, points, end: points.at(-1)!.value };
}

function shown(value: number): string {
  return largeNumber(value) ?? value.toPrecision(2).replace("-", "−");
}
