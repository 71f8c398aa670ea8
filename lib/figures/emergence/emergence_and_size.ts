/** E and scores against the size of the model. */

import * as Plot from "@observablehq/plot";
import type { BenchmarkScore } from "../../scores/score_table.ts";
import { endLabels } from "../spread_labels.ts";
import { drawnModels, type ModelEmergence } from "./models_over_training.ts";
import { drawFigure, type Figure, type Panel } from "../render/draw_figure.ts";
import {
  extent,
  frame,
  panel,
  shortName,
  stepColors,
  stepWords,
  valueAxis,
  weightsLabel,
} from "../style.ts";
import { barOf, barWords } from "./emergence_marks.ts";

/** Most letters of a metric above its panel. */
const LONGEST = 60;

/** A model with its scores. */
export interface ScoredModelEmergence extends ModelEmergence {
  /** Its scores at every step drawn. */
  readonly scores: readonly BenchmarkScore[];
}

/** What is drawn. */
export interface EmergenceAndSizeOptions {
  /** The steps, such as an early and a late one; every model must have them. */
  readonly steps: readonly number[];
  /** The metric that has a panel of its own. */
  readonly metric: string;
  /** The metrics whose mean has another; default none. */
  readonly averaged?: readonly string[];
  /**
   * Whether each quantity is put on a scale from 0, its least value at any of the sizes and steps drawn, to 1, its largest,
   * as the paper does; off unless given. The order of sizes stays, what the values are does not.
   */
  readonly normalized?: boolean;
  /** How the tables were made, for the caption. */
  readonly made?: string;
}

/** One value of one model at one step. */
type Point = Readonly<Record<"weights" | "step" | "value" | "low" | "high", number>>;

/**
 * Draw E, one score and the mean of several against the number of weights, a line a step (Xiao et al., ICLR 2025, Fig. 7).
 *
 * @throws {RangeError} If there are fewer than two models, or a model has no E or no score at a step: the nearest step is
 * never taken in its place.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure, modelScores, openRun } from "neuromfa";
 * import { emergenceAndSizeFigure } from "neuromfa/figures";
 *
 * const models = await Promise.all([32, 64].map(async (size) => {
 *   const run = await openRun(`suite:nano-${size}`);
 *   const { model, weights, rows } = await measure(run, { samples: 2, steps: [0, 512] });
 *   return { model, weights, rows, scores: await modelScores(run) };
 * }));
 * assert.match(emergenceAndSizeFigure(models, { steps: [512], metric: "copying" }).svg, /step 512/);
 * ```
 */
export function emergenceAndSizeFigure(
  models: readonly ScoredModelEmergence[],
  { steps, metric, averaged = [], normalized = false, made = "" }: EmergenceAndSizeOptions,
): Figure {
  const drawn = drawnModels(models);
  if (drawn.length < 2) {
    throw new RangeError(
      `${drawn[0]!.model} alone has no other size to compare with; give two models at least`,
    );
  }
  const scoresOf = (model: string) => models.find((one) => one.model === model)!.scores;
  const meanScore = (metrics: readonly string[]) => ({ model }: ModelEmergence, step: number) => {
    const found = metrics.map((name) => scoreAt(scoresOf(model), model, name, step));
    const value = found.reduce((sum, score) => sum + score.value, 0) / found.length;
    const stderrs = found.flatMap(({ stderr }) => stderr ?? []);
    const stderr = stderrs.length < found.length ? null : Math.hypot(...stderrs) / found.length;
    return { value, ...barOf({ value, stderr }) };
  };
  const quantities = [
    { label: "↑ degree of emergence E", of: emergenceAt },
    { label: `↑ score: ${shortName(metric, LONGEST)}`, of: meanScore([metric]) },
    ...averaged.length === 0
      ? []
      : [{ label: `↑ mean of ${averaged.length} scores`, of: meanScore(averaged) }],
  ];
  const names = drawn.map(({ model }) => model).join(", ");
  const metrics = [metric, ...averaged];
  const compared = models.flatMap(({ scores }) =>
    scores.filter((one) => steps.includes(one.step) && metrics.includes(one.metric))
  );
  return drawFigure({
    name: "emergence_and_size",
    title: `Degree of emergence and scores against the size of the model`,
    caption: `${names} at the same steps of training. Bars: at E the 95 % ` +
      `interval over samples, at scores ${
        barWords(compared, "± one standard error of the items")
      }. ${
        normalized
          ? "Each panel runs from its least to its largest value at these sizes and steps. "
          : ""
      }${made}`,
    panels: quantities.map(({ label, of }, i) => {
      const points = steps.flatMap((step) =>
        drawn.map((one) => ({ weights: one.weights, step, ...of(one, step) }))
      );
      const isLast = i === quantities.length - 1;
      return normalized
        ? sizePanel(normalize(points), steps, `${label}, normalized`, isLast)
        : sizePanel(points, steps, label, isLast);
    }),
  });
}

function emergenceAt({ model, rows }: ModelEmergence, step: number) {
  const row = rows.find((one) => one.step === step);
  if (row) {
    // No interval is drawn as none, not as nothing.
    const [low, high] = Number.isNaN(row.eLow) ? [row.E, row.E] : [row.eLow, row.eHigh];
    return { value: row.E, low, high };
  }
  throw new RangeError(
    `step ${step} of ${model} has no E; steps that do: ${rows.map((one) => one.step).join(", ")}`,
  );
}

function scoreAt(scores: readonly BenchmarkScore[], model: string, metric: string, step: number) {
  const own = scores.filter((score) => score.metric === metric);
  const found = own.find((score) => score.step === step);
  if (found) return found;
  const measured = own.map((score) => score.step).join(", ") || "never";
  throw new RangeError(
    `${metric} of ${model} was not measured at step ${step}; measured: ${measured}`,
  );
}

/** The points on a scale from 0, the least value of all, to 1, the largest; all 0 where all are the same. */
function normalize(points: readonly Point[]): Point[] {
  const [least, most] = extent(points.map(({ value }) => value));
  const place = (value: number) => most === least ? 0 : (value - least) / (most - least);
  return points.map(({ value, low, high, ...at }) => (
    { ...at, value: place(value), low: place(low), high: place(high) }
  ));
}

function sizePanel(
  points: readonly Point[],
  steps: readonly number[],
  label: string,
  isLast: boolean,
): Panel {
  const colors = stepColors(steps.length);
  const weights = [...new Set(points.map((point) => point.weights))];
  const lines = steps.map((step, i) => {
    const own = points.filter((point) => point.step === step);
    return { own, name: `step ${stepWords(step)}`, color: colors[i]!, end: own.at(-1)!.value };
  });
  const ends = extent(points.flatMap(({ low, high }) => [low, high]));
  const labels = endLabels(lines, weights.at(-1)!, 0.12, ends);
  // As text, since the format of a logarithmic axis leaves some labels out.
  const axis = Plot.axisX(weights, {
    text: weightsLabel,
    label: isLast ? "weights of the model, spaced by their logarithm →" : null,
    labelAnchor: "center",
  });
  return {
    ...frame({ height: isLast ? 220 : 202, marginRight: 100 }),
    marginBottom: isLast ? panel.marginBottom : 26,
    x: { type: "log" },
    // Bars stay clear of the axis.
    y: { label, grid: true, insetBottom: 8, ...valueAxis(ends) },
    marks: [
      axis,
      ...lines.flatMap(({ own, color }, i) => [
        Plot.ruleX(own, { x: "weights", y1: "low", y2: "high", stroke: color }),
        Plot.line(own, { x: "weights", y: "value", stroke: color, strokeWidth: 2 }),
        Plot.dot(own, { x: "weights", y: "value", fill: color, r: 3 }),
        labels[i]!,
      ]),
    ],
  };
}
