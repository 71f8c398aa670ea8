/** E of several models over training, and what they can do, one above the other. */

import { meanScores } from "../../scores/mean_scores.ts";
import { barOf, barWords, emergenceMarks, extentOfE, scoreMarks } from "./emergence_marks.ts";
import type { ScoredModelEmergence } from "./emergence_and_size.ts";
import { drawnModels } from "./models_over_training.ts";
import { endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { categoryColors, E_AXIS, extent, frame, panel, stepAxis, zeroLine } from "../style.ts";

/** What is compared. */
export interface ModelsAndScoresOptions {
  /** What is compared, for the title: `Trained with duplicates and without`. */
  readonly title: string;
  /** How the tables were made, for the caption. */
  readonly made?: string;
}

const HEIGHT = 230;
/** Least distance of two labels, in pixels. */
const LABEL_GAP = 15;

/**
 * Draw E of several models over training above the mean of their scores, one colour a model: whether models whose E differs
 * differ in what they can do. The paper shows accuracy of the standard and the deduplicated training apart from E (Xiao et al.,
 * ICLR 2025).
 *
 * @param models The models, seven at most, each with its scores; the mean is over all metrics given.
 * @throws {RangeError} If there is no model or more than seven, one comes twice, one has no E or no score, or a metric is
 * missing at a step that another has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure, modelScores, openRun } from "neuromfa";
 * import { modelsAndScoresFigure } from "neuromfa/figures";
 *
 * const models = await Promise.all(["nano-48", "nano-48-deduped"].map(async (name) => {
 *   const run = await openRun(`suite:${name}`);
 *   const { model, weights, rows } = await measure(run, { samples: 2, steps: [0, 512] });
 *   return { model, weights, rows, scores: await modelScores(run) };
 * }));
 * assert.match(modelsAndScoresFigure(models, { title: "Twins" }).svg, /mean of 6 scores/);
 * ```
 */
export function modelsAndScoresFigure(
  models: readonly ScoredModelEmergence[],
  { title, made = "" }: ModelsAndScoresOptions,
): Figure {
  if (models.length > categoryColors.length) {
    throw new RangeError(
      `${models.length} models are more than the ${categoryColors.length} whose colours can be told apart; draw fewer`,
    );
  }
  const leftOut: string[] = [];
  const drawn = drawnModels(models).map(({ model, rows }, i) => {
    const { scores } = models.find((one) => one.model === model)!;
    if (scores.length === 0) throw new RangeError(`${model} has no score to draw below its E`);
    const metrics = new Set(scores.map(({ metric }) => metric)).size;
    const onWarning = (warning: string) => leftOut.push(`Of ${model} ${warning}. `);
    const means = meanScores(scores, { onWarning });
    return { name: model, rows, means, metrics, color: categoryColors[i]! };
  });
  const steps = drawn.flatMap(({ rows, means }) => [...rows, ...means].map(({ step }) => step));
  const last = Math.max(...steps), axis = stepAxis(steps);
  const marginRight = 16 + 8.4 * Math.max(...drawn.map(({ name }) => name.length));
  const gap = LABEL_GAP / (HEIGHT - panel.marginTop - panel.marginBottom);
  const counts = [...new Set(drawn.map(({ metrics }) => metrics))];
  const averaged = counts.length === 1 && counts[0] === 1
    ? `score: ${models[0]!.scores[0]!.metric}`
    : `mean of ${counts.join(" or ")} scores`;
  const values = drawn.flatMap(({ means }) =>
    means.flatMap((mean) => {
      const { low, high } = barOf(mean);
      return [low, high];
    })
  );
  const ends = (of: (one: typeof drawn[number]) => number) =>
    drawn.map((one) => ({ name: one.name, color: one.color, end: of(one) }));
  return drawFigure({
    name: "models_and_scores",
    title,
    caption: "Above: E with its 95 % interval over samples. Below: what the models can do, " +
      `${barWords(drawn.flatMap(({ means }) => means), "± one standard error of the items")}. ${
        leftOut.join("")
      }${made}`,
    panels: [
      {
        ...frame({ height: HEIGHT, marginRight }),
        ...{ x: { ...axis, domain: [0, last], label: null }, y: E_AXIS },
        marks: [
          zeroLine(),
          ...drawn.flatMap(({ rows, color }) => emergenceMarks(rows, color)),
          ...endLabels(
            ends(({ rows }) => rows.at(-1)!.E),
            last,
            gap,
            extentOfE(drawn.flatMap(({ rows }) => rows)),
          ),
        ],
      },
      {
        ...frame({ height: HEIGHT, marginRight }),
        ...{ x: { ...axis, domain: [0, last] }, y: { label: `↑ ${averaged}`, grid: true } },
        marks: [
          ...drawn.flatMap(({ means, color }) => scoreMarks(means, color)),
          ...endLabels(ends(({ means }) => means.at(-1)!.value), last, gap, extent(values)),
        ],
      },
    ],
  });
}
