/** The degree of emergence beside what the model can do. */

import type { BenchmarkScore } from "../../scores/suite_scores.ts";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { emergencePanelMarks, scoreMarks, scoresByMetric } from "./emergence_marks.ts";
import { endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure, type ModelFigureOptions } from "../render/draw_figure.ts";
import {
  E_AXIS,
  EMERGENCE_COLOR,
  extent,
  frame,
  scoreColor,
  scoreDash,
  stepAxis,
} from "../style.ts";

/** What emergence is drawn beside. */
export interface EmergenceAndScoresOptions extends ModelFigureOptions {
  /** Scores, each metric a line; one that leaves 0 to 1, such as a loss, gets a panel of its own. */
  readonly scores: readonly BenchmarkScore[];
  /** The first step drawn, from which the axis counts; 0 unless given. E is what its table says either way. */
  readonly since?: number;
}

/** Width of a bold letter, in pixels, on the wide side. */
const LETTER = 8.4;

/**
 * Draw E over training with its interval, and below it, on the same axis of steps, every score with its standard error.
 *
 * @throws {RangeError} If among the steps drawn there is none with an E, or none with a score.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure, modelScores, openRun } from "neuromfa";
 * import { emergenceAndScoresFigure } from "neuromfa/figures";
 *
 * const run = await openRun("suite:nano-64"), scores = await modelScores(run);
 * const { emergence } = await measure(run, { samples: 2, steps: [0, 512] });
 * assert.match(emergenceAndScoresFigure(emergence, { model: "nano-64", scores }).svg, /copying/);
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
  const metrics = scoresByMetric(scores).map(({ metric, scores }, i) => {
    const dash = scoreDash(i), end = scores.at(-1)!.value;
    const name = dash === undefined ? metric : `${metric} (dashed)`;
    return { metric, scores, name, color: scoreColor(i), dash, end };
  });
  const isShare = ({ scores }: typeof metrics[number]) =>
    scores.every(({ value }) => value >= 0 && value <= 1);
  const shares = metrics.filter(isShare);
  const groups = [
    ...shares.length > 0 ? [{ label: "share of right answers", shown: shares }] : [],
    ...metrics.filter((metric) => !isShare(metric))
      .map((metric) => ({ label: metric.metric, shown: [metric] })),
  ];
  const steps = [...rows, ...scores].map(({ step }) => step);
  const x = { ...stepAxis(steps, since), domain: [0, extent(steps)[1]] };
  const longest = Math.max(...shares.map(({ name }) => name.length), 0);
  const shared = frame({ marginRight: Math.max(24, 16 + LETTER * longest) });
  const interval = rows.some(({ eLow }) => !Number.isNaN(eLow))
    ? " with its 95 % bootstrap interval over samples"
    : "";
  return drawFigure({
    name: "emergence_and_scores",
    title: `${model}: degree of emergence beside what the model can do`,
    caption: `Above: E${interval}, 0 for the untrained model. Below: scores on held-out ` +
      `items, bars are ± one standard error. All share the axis of steps. ${made}`,
    panels: [
      {
        ...{ ...shared, height: 240, x: { ...x, label: null }, y: E_AXIS },
        marks: emergencePanelMarks(rows, EMERGENCE_COLOR),
      },
      ...groups.map(({ label, shown }, i) => ({
        ...shared,
        height: shown === shares ? 300 : 200,
        x: { ...x, ...i < groups.length - 1 && { label: null } },
        y: { label: `↑ ${label}`, grid: true, ...shown === shares && { domain: [0, 1] } },
        marks: [
          ...shown.flatMap(({ scores, color, dash }) =>
            scoreMarks(scores, color, { clip: true, dash })
          ),
          ...shown === shares ? endLabels(shares, x.domain[1]!, 0.075, [0, 1]) : [],
        ],
      })),
    ],
  });
}

/** The rows from a step on, their steps counted from it. */
function counted<Row extends { readonly step: number }>(rows: readonly Row[], since: number) {
  return rows.filter(({ step }) => step >= since)
    .map((row) => ({ ...row, step: row.step - since }));
}
