/** E and all scores, each scaled to its own range. */

import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import type { EmergenceBesideScoresOptions } from "./emergence_beside_scores.ts";
import { endLabel, spreadLabels } from "../spread_labels.ts";
import { drawFigure, type Panel } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { scoresByMetric } from "./scores_by_metric.ts";
import { stepAxis } from "../step_axis.ts";
import { categoryColors, EMERGENCE_COLOR, panel, scoreColor } from "../style.ts";

/** Least distance of two labels, as a share of the height of the axis. */
const LABEL_GAP = 0.055;

/** Metrics a row where each has a panel of its own. */
const COLUMNS = 3;

/**
 * Draw E and all scores over training, each from 0 at its least value to 1 at its largest: in one panel where there are
 * colours for all metrics, and beyond six metrics in a panel each, with E in all of them.
 *
 * @param emergence The table of E.
 * @param options The scores and the model's name.
 * @throws {RangeError} If E or a metric is the same at every step or was never measured, so that it has no range, or there
 * are no scores.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalizedScoresFigure } from "neuromfa/figures";
 *
 * const row = (step: number, E: number) =>
 *   ({ step, alpha0: 1, width: 1, E, eLow: E - 0.01, eHigh: E + 0.01, samplesKept: 10, status: "ok" });
 * const figure = normalizedScoresFigure([row(0, 0), row(64, 0.2)], {
 *   model: "toy",
 *   scores: [0, 64].map((step) => ({ step, metric: "copying", value: step / 64, stderr: 0.02 })),
 * });
 * assert.match(figure.svg, /copying/);
 * ```
 */
export function normalizedScoresFigure(
  emergence: readonly EmergenceRow[],
  { scores, model, made = "" }: EmergenceBesideScoresOptions,
): Figure {
  const metrics = scoresByMetric(scores);
  if (metrics.length === 0) throw new RangeError(`${model} has no score to draw E beside`);
  const lines: [Line, ...Line[]] = [
    {
      ...normalized(model, "E", emergence.map(({ step, E }) => ({ step, value: E }))),
      color: EMERGENCE_COLOR,
    },
    ...metrics.map(({ metric, scores }, i) => (
      { ...normalized(model, metric, scores), color: scoreColor(i) }
    )),
  ];
  const inOne = metrics.length < categoryColors.length; // E has the black one.
  return drawFigure({
    name: "normalized_scores",
    title: `${model}: E and scores, each from its least to its largest value`,
    caption: `${
      inOne ? "" : "Black: E, the same in every panel; coloured: the score. "
    }0 and 1 are: ${
      lines.map(({ name, low, high }) => `${name} ${shown(low)} and ${shown(high)}`).join("; ")
    }. Scaling hides sizes and intervals; what is left to see is when each moves. ${made}`,
    columns: inOne ? 1 : COLUMNS,
    panels: inOne ? [sharedPanel(lines)] : ownPanels(lines),
  });
}

/** What is drawn as a line. */
interface Line extends ReturnType<typeof normalized> {
  readonly color: string;
}

/** All lines in one panel, named at their ends. */
function sharedPanel(lines: readonly Line[]): Panel {
  const steps = lines.flatMap(({ points }) => points.map(({ step }) => step));
  const ends = spreadLabels(lines.map(({ points }) => points.at(-1)!.value), LABEL_GAP, [0, 1]);
  return {
    ...panel,
    height: 380,
    marginRight: 16 + 8.4 * Math.max(...lines.map(({ name }) => name.length)),
    x: stepAxis(steps),
    y: { label: "↑ share of the way from the least to the largest value", grid: true },
    marks: [
      ...lines.toReversed().map(lineMark),
      ...lines.map(({ name, color }, i) => endLabel(name, Math.max(...steps), ends[i]!, color)),
    ],
  };
}

/** One panel for each score, with E in each, since there are too few distinct colours for one plot. */
function ownPanels([ofE, ...others]: readonly [Line, ...Line[]]): Panel[] {
  const axis = stepAxis([ofE, ...others].flatMap(({ points }) => points.map(({ step }) => step)));
  return others.map((line, i): Panel => {
    const isLast = i >= others.length - COLUMNS;
    const isFirst = i % COLUMNS === 0;
    return {
      ...panel,
      width: (panel.width + (isFirst ? 2 : -1) * 10) / COLUMNS,
      height: 150 + (isLast ? 18 : 0),
      marginLeft: isFirst ? 40 : 20,
      marginRight: 12,
      marginBottom: isLast ? panel.marginBottom : 26,
      x: {
        ...axis,
        ticks: axis.ticks.filter((_, j) => j % 3 === 0),
        label: isLast ? "training step →" : null,
      },
      y: {
        ...{ domain: [0, 1], ticks: [0, 0.5, 1], grid: true, label: null },
        ...!isFirst && { tickFormat: () => "", tickSize: 0 },
      },
      marks: [
        Plot.text([line.name], {
          ...{ frameAnchor: "top-left", lineAnchor: "bottom", dy: -8, fill: line.color } as const,
          fontWeight: "bold",
        }),
        ...[line, ofE].map(lineMark),
      ],
    };
  });
}

function lineMark({ points, name, color }: Line): Plot.Markish {
  return Plot.line(points, {
    x: "step",
    y: "value",
    stroke: color,
    strokeWidth: name === "E" ? 3 : 1.6,
  });
}

function normalized(
  model: string,
  name: string,
  values: readonly { readonly step: number; readonly value: number }[],
) {
  const measured = values.filter(({ value }) => !Number.isNaN(value));
  const low = Math.min(...measured.map(({ value }) => value));
  const high = Math.max(...measured.map(({ value }) => value));
  if (!(low < high)) {
    const why = measured.length === 0 ? "was never measured" : `is ${low} at every step`;
    throw new RangeError(`${name} of ${model} ${why}, so it has no range to scale; leave it out`);
  }
  const points = measured.map(({ step, value }) => ({ step, value: (value - low) / (high - low) }));
  return { name, low, high, points };
}

function shown(value: number): string {
  return value.toPrecision(2).replace("-", "−");
}
