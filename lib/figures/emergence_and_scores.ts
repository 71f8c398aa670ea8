/** The degree of emergence beside what the model can do. */
import * as Plot from "@observablehq/plot";
import type { BenchmarkScore } from "../benchmarks/suite_scores.ts";
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import { drawFigure } from "./render/draw_figure.ts";
import type { Figure } from "./render/figure.ts";
import { spreadLabels } from "./spread_labels.ts";
import { stepAxis } from "./step_axis.ts";
import { categoryColors, mainColor, panel } from "./style.ts";

/** What emergence is drawn beside. */
export interface EmergenceAndScoresOptions {
  /** Scores between 0 and 1, each metric a line. */
  readonly scores: readonly BenchmarkScore[];
  /** The model's name, for the title. */
  readonly model: string;
}

const marginRight = 100;
/** Least distance of two labels, as a share of the height of the axis. */
const LABEL_GAP = 0.075;

/**
 * Draw E over training with its interval, and below it, on the same axis of steps, every score with its standard error.
 *
 * @param emergence The table of E.
 * @throws {RangeError} If there is no step with an E, no score, or one that is not between 0 and 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { emergenceAndScoresFigure } from "neuromfa";
 *
 * const row = (step: number, E: number) =>
 *   ({ step, alpha_0: 1, width: 1, E, E_low: E - 0.01, E_high: E + 0.01, samples_kept: 10, status: "ok" });
 * const figure = emergenceAndScoresFigure([row(0, 0), row(64, 0.2)], {
 *   model: "toy",
 *   scores: [0, 64].map((step) => ({ step, metric: "copying", value: step / 64, stderr: 0.02 })),
 * });
 * assert.match(figure.svg, /copying/);
 * ```
 */
export function emergenceAndScoresFigure(
  emergence: readonly EmergenceRow[],
  { scores, model }: EmergenceAndScoresOptions,
): Figure {
  const rows = emergence.filter(({ E }) => !Number.isNaN(E));
  if (rows.length === 0) {
    throw new RangeError(`${model} has no step with an E to draw; see the statuses`);
  }
  if (scores.length === 0) throw new RangeError(`${model} has no score to draw E beside`);
  const beyond = scores.find(({ value }) => !(value >= 0 && value <= 1));
  if (beyond) {
    throw new RangeError(
      `${beyond.metric} at step ${beyond.step} is ${beyond.value}, but scores are drawn from 0 to 1; leave it out`,
    );
  }
  const banded = rows.filter(({ E_low }) => !Number.isNaN(E_low));
  const metrics = [...Map.groupBy(scores, ({ metric }) => metric)];
  const ends = spreadLabels(metrics.map(([, own]) => own.at(-1)!.value), LABEL_GAP, [0, 1]);
  const x = stepAxis([...rows, ...scores].map(({ step }) => step));
  const lastStep = Math.max(...scores.map(({ step }) => step));
  return drawFigure({
    name: "emergence_and_scores",
    title: `${model}: degree of emergence beside what the model can do`,
    caption:
      "Above: E with its 95 % bootstrap interval over samples; 0 is the untrained model. Below: exact match on held-out " +
      "items, bars are ± one standard error. Both share the axis of steps, spaced logarithmically.",
    panels: [
      {
        ...panel,
        height: 240,
        marginRight,
        x: { ...x, label: null },
        y: { label: "↑ degree of emergence E", grid: true },
        marks: [
          Plot.ruleY([0], { stroke: "#999" }),
          Plot.areaY(banded, {
            x: "step",
            y1: "E_low",
            y2: "E_high",
            fill: mainColor,
            fillOpacity: 0.2,
          }),
          Plot.line(rows, { x: "step", y: "E", stroke: mainColor, strokeWidth: 2 }),
          Plot.dot(rows, { x: "step", y: "E", fill: mainColor, r: 2.5 }),
        ],
      },
      {
        ...panel,
        height: 300,
        marginRight,
        x,
        y: { label: "↑ exact match", grid: true, domain: [0, 1] },
        marks: metrics.flatMap(([metric, own], i) => {
          const color = categoryColors[i % categoryColors.length]!;
          return [
            Plot.ruleX(own, {
              x: "step",
              y1: ({ value, stderr }) => Math.max(0, value - stderr),
              y2: ({ value, stderr }) => Math.min(1, value + stderr),
              stroke: color,
            }),
            Plot.line(own, { x: "step", y: "value", stroke: color, strokeWidth: 2 }),
            Plot.text([metric], {
              x: lastStep,
              y: ends[i]!,
              text: (d) => d,
              textAnchor: "start",
              dx: 8,
              fill: color,
              fontWeight: "bold",
            }),
          ];
        }),
      },
    ],
  });
}
