/** E and all scores in one panel, each scaled to its own range. */
import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { EmergenceBesideScoresOptions } from "./emergence_beside_scores.ts";
import { endLabel } from "./end_label.ts";
import { drawFigure } from "./render/draw_figure.ts";
import type { Figure } from "./render/figure.ts";
import { scoresByMetric } from "./scores_by_metric.ts";
import { spreadLabels } from "./spread_labels.ts";
import { stepAxis } from "./step_axis.ts";
import { categoryColors, emergenceColor, panel } from "./style.ts";

/** Least distance of two labels, as a share of the height of the axis. */
const LABEL_GAP = 0.055;

/**
 * Draw E and all scores over training in one panel, each from 0 at its least value to 1 at its largest.
 *
 * @param emergence The table of E.
 * @param options The scores, seven metrics at most, and the model's name.
 * @throws {RangeError} If E or a metric is the same at every step or was never measured, so that it has no range, or there
 * are no scores or more than can be told apart.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalizedScoresFigure } from "neuromfa";
 *
 * const row = (step: number, E: number) =>
 *   ({ step, alpha_0: 1, width: 1, E, E_low: E - 0.01, E_high: E + 0.01, samples_kept: 10, status: "ok" });
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
  const most = categoryColors.length - 1; // E has the black one.
  if (metrics.length === 0 || metrics.length > most) {
    throw new RangeError(`${model} has ${metrics.length} metrics to draw; give from 1 to ${most}`);
  }
  const lines = [
    normalized(model, "E", emergence.map(({ step, E }) => ({ step, value: E }))),
    ...metrics.map(({ metric, scores }) => normalized(model, metric, scores)),
  ].map((line, i) => ({ ...line, color: i === 0 ? emergenceColor : categoryColors[i - 1]! }));
  const steps = lines.flatMap(({ points }) => points.map(({ step }) => step));
  const ends = spreadLabels(lines.map(({ points }) => points.at(-1)!.value), LABEL_GAP, [0, 1]);
  return drawFigure({
    name: "normalized_scores",
    title: `${model}: E and scores, each from its least to its largest value`,
    caption: `0 and 1 are: ${
      lines.map(({ name, low, high }) => `${name} ${shown(low)} and ${shown(high)}`).join("; ")
    }. Scaling hides sizes and intervals; what is left to see is when each moves. ${made}`,
    panels: [{
      ...panel,
      height: 380,
      marginRight: 16 + 8.4 * Math.max(...lines.map(({ name }) => name.length)),
      x: stepAxis(steps),
      y: { label: "↑ share of the way from the least to the largest value", grid: true },
      marks: [
        ...lines.toReversed().map(({ points, name, color }) =>
          Plot.line(points, {
            x: "step",
            y: "value",
            stroke: color,
            strokeWidth: name === "E" ? 3 : 1.6,
          })
        ),
        ...lines.map(({ name, color }, i) => endLabel(name, Math.max(...steps), ends[i]!, color)),
      ],
    }],
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
