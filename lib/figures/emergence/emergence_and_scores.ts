/** The degree of emergence beside what the model can do. */

import * as Plot from "@observablehq/plot";
import type { BenchmarkScore } from "../../scores/suite_scores.ts";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { emergenceMarks } from "./emergence_marks.ts";
import { endLabel, spreadLabels } from "../spread_labels.ts";
import { drawFigure } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { type MetricScores, scoresByMetric } from "./scores_by_metric.ts";
import { stepAxis } from "../step_axis.ts";
import { EMERGENCE_COLOR, panel, scoreColor, scoreDash } from "../style.ts";

/** What emergence is drawn beside. */
export interface EmergenceAndScoresOptions {
  /** Scores, each metric a line; one that leaves 0 to 1, such as a loss, gets a panel of its own. */
  readonly scores: readonly BenchmarkScore[];
  /** The model's name, for the title. */
  readonly model: string;
  /** How the table of E was made, for the caption, as {@linkcode describeRecord} tells it. */
  readonly made?: string;
  /** The first step drawn, from which the axis counts; 0 unless given. E is what its table says either way. */
  readonly since?: number;
}

/** Least distance of two labels, as a share of the height of the axis. */
const LABEL_GAP = 0.075;
/** Width of a bold letter, in pixels, on the wide side. */
const LETTER = 8.4;

/**
 * Draw E over training with its interval, and below it, on the same axis of steps, every score with its standard error.
 *
 * @param emergence The table of E.
 * @throws {RangeError} If among the steps drawn there is none with an E, or none with a score.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { emergenceAndScoresFigure } from "neuromfa/figures";
 *
 * const row = (step: number, E: number) =>
 *   ({ step, alpha0: 1, width: 1, E, eLow: E - 0.01, eHigh: E + 0.01, samplesKept: 10, status: "ok" });
 * const figure = emergenceAndScoresFigure([row(0, 0), row(64, 0.2)], {
 *   model: "toy",
 *   scores: [0, 64].map((step) => ({ step, metric: "copying", value: step / 64, stderr: 0.02 })),
 * });
 * assert.match(figure.svg, /copying/);
 * ```
 */
export function emergenceAndScoresFigure(
  emergence: readonly EmergenceRow[],
  { scores: allScores, model, made = "", since = 0 }: EmergenceAndScoresOptions,
): Figure {
  const rows = counted(emergence.filter(({ E }) => !Number.isNaN(E)), since);
  const from = since === 0 ? "" : ` from step ${since} on`;
  if (rows.length === 0) {
    throw new RangeError(`${model} has no step with an E to draw${from}; see the statuses`);
  }
  const scores = counted(allScores, since);
  if (scores.length === 0) throw new RangeError(`${model} has no score to draw E beside${from}`);
  const metrics = scoresByMetric(scores).map((one, i): Metric => ({
    ...one,
    color: scoreColor(i),
    dash: scoreDash(i),
  }));
  const isShare = ({ scores }: Metric) => scores.every(({ value }) => value >= 0 && value <= 1);
  const shares = metrics.filter(isShare);
  const groups = [
    ...shares.length > 0 ? [{ label: "share of right answers", shown: shares }] : [],
    ...metrics.filter((metric) => !isShare(metric))
      .map((metric) => ({ label: metric.metric, shown: [metric] })),
  ];
  const axis = stepAxis([...rows, ...scores].map(({ step }) => step), since);
  const domain = [0, Math.max(...[...rows, ...scores].map(({ step }) => step))];
  const longest = Math.max(...shares.map((metric) => nameOf(metric).length), 0);
  const shared = { ...panel, marginRight: Math.max(24, 16 + LETTER * longest) };
  return drawFigure({
    name: "emergence_and_scores",
    title: `${model}: degree of emergence beside what the model can do`,
    caption: `Above: E${
      rows.some(({ eLow }) => !Number.isNaN(eLow))
        ? " with its 95 % bootstrap interval over samples"
        : ""
    }, 0 for the untrained model. Below: scores on held-out ` +
      `items, bars are ± one standard error. All share the axis of steps. ${made}`,
    panels: [
      {
        ...shared,
        height: 240,
        x: { ...axis, domain, label: null },
        y: { label: "↑ degree of emergence E", grid: true },
        marks: [
          Plot.ruleY([0], { stroke: "#999" }),
          ...emergenceMarks(rows, EMERGENCE_COLOR),
          Plot.dot(rows, { x: "step", y: "E", fill: EMERGENCE_COLOR, r: 2.5 }),
        ],
      },
      ...groups.map(({ label, shown }, i) => ({
        ...shared,
        height: shown === shares ? 300 : 200,
        x: { ...axis, domain, ...i < groups.length - 1 && { label: null } },
        y: { label: `↑ ${label}`, grid: true, ...shown === shares && { domain: [0, 1] } },
        marks: [
          ...shown.flatMap(scoreMarks),
          ...shown === shares ? metricLabels(shares, domain[1]!) : [],
        ],
      })),
    ],
  });
}

/** The rows from a step on, their steps counted from it. */
function counted<Row extends { readonly step: number }>(
  rows: readonly Row[],
  since: number,
): Row[] {
  return rows.filter(({ step }) => step >= since).map((row) => ({
    ...row,
    step: row.step - since,
  }));
}

/** A metric and the colour of its line. */
interface Metric extends MetricScores {
  readonly color: string;
  /** Its dashes, where the colour is that of an earlier metric too. */
  readonly dash: string | undefined;
}

function scoreMarks({ scores, color, dash }: Metric): Plot.Markish[] {
  return [
    Plot.ruleX(scores, {
      x: "step",
      y1: ({ value, stderr }) => value - stderr,
      y2: ({ value, stderr }) => value + stderr,
      stroke: color,
      clip: true,
    }),
    Plot.line(scores, {
      ...{ x: "step", y: "value", stroke: color, strokeWidth: 2 },
      ...dash !== undefined && { strokeDasharray: dash },
    }),
  ];
}

/** The names of metrics at the ends of their lines. */
function metricLabels(metrics: readonly Metric[], lastStep: number): Plot.Markish[] {
  const ends = spreadLabels(metrics.map(({ scores }) => scores.at(-1)!.value), LABEL_GAP, [0, 1]);
  return metrics.map((metric, i) => endLabel(nameOf(metric), lastStep, ends[i]!, metric.color));
}

function nameOf({ metric, dash }: Metric): string {
  return dash === undefined ? metric : `${metric} (dashed)`;
}
