/** E, the width and alpha_0 of several models over training. */

import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import type { SamplesRow } from "../../multifractal/spectra_tables.ts";
import {
  COLUMN_LABELS,
  emergenceMarks,
  extentOfE,
  formulaOfE,
  rowsWithE,
} from "./emergence_marks.ts";
import { endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure, type Panel } from "../render/draw_figure.ts";
import { categoryColors, extent, frame, panel, stepAxis, zeroLine } from "../style.ts";

/** Least distance of two labels, in pixels. */
const LABEL_GAP = 15;
const HEIGHT = 220;

/** One model's table of E, and its size. */
export interface ModelEmergence {
  /** The model's name. */
  readonly model: string;
  /** Its number of weights. */
  readonly weights: number;
  /** Its table of E. */
  readonly rows: readonly EmergenceRow[];
  /** Its table of samples, where the spread between them is to be drawn. */
  readonly samples?: readonly SamplesRow[];
}

/**
 * Draw E, the width and alpha_0 of several models over training (Xiao et al., ICLR 2025, Fig. 5), one colour a model.
 *
 * @param title What is compared, e.g. `Four sizes of one recipe`.
 * @param models The models, seven at most, so that their colours can be told apart.
 * @throws {RangeError} If there is no model or more than seven, one comes twice, or one has no E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { modelsOverTrainingFigure } from "neuromfa/figures";
 *
 * const options = { samples: 2, steps: [0, 512] };
 * const models = [await measure("suite:nano-32", options), await measure("suite:nano-64", options)];
 * assert.match(modelsOverTrainingFigure("Two sizes", models).svg, /nano-64/);
 * ```
 */
export function modelsOverTrainingFigure(
  title: string,
  models: readonly ModelEmergence[],
  made = "",
): Figure {
  const drawn = drawnModels(models);
  if (drawn.length > categoryColors.length) {
    throw new RangeError(
      `${drawn.length} models are more than the ${categoryColors.length} whose colours can be told apart; draw fewer`,
    );
  }
  const bands = drawn.some(({ samples = [] }) => spread(samples, "width").length > 0)
    ? "; bands: from the lowest sample to the highest"
    : "";
  const others = drawn.filter(({ rows }) => typeof rows[0]!.baseline === "number");
  const beside = others.map(({ model, rows }) => `${model} beside its step ${rows[0]!.baseline}`);
  const untrained = ["every model beside its own untrained network", ...beside].join(", ");
  return drawFigure({
    name: "models_over_training",
    title,
    caption: `${formulaOfE([])}, ${untrained}; bands: 95 % ` +
      `interval over samples. The width and α₀ are means over samples${bands}. ${made}`,
    panels: (["E", "width", "alpha0"] as const).map((column) => quantityPanel(drawn, column)),
  });
}

/** Models in the order of their size, each with the rows that have an E. */
export function drawnModels(models: readonly ModelEmergence[]): ModelEmergence[] {
  if (models.length === 0) throw new RangeError("there is no model to draw; give one at least");
  const names = models.map(({ model }) => model);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new RangeError(`${twice} comes twice; give every model once`);
  return models.map((model) => ({
    ...model,
    rows: rowsWithE(model.rows, model.model).sort((a, b) => a.step - b.step),
  })).sort((a, b) => a.weights - b.weights);
}

/** The least and the largest of a column among the samples that count, at each step that has some. */
function spread(samples: readonly SamplesRow[], column: "width" | "alpha0") {
  const counted = samples.filter(({ filtered }) => filtered === false);
  return [...Map.groupBy(counted, ({ step }) => step)].map(([step, rows]) => {
    const [low, high] = extent(rows.map((row) => row[column]!));
    return { step, low, high };
  });
}

function quantityPanel(models: readonly ModelEmergence[], column: "E" | "width" | "alpha0"): Panel {
  const all = models.flatMap(({ rows }) => rows);
  const bands = column === "E" ? [] : models.map(({ samples = [] }) => spread(samples, column));
  const ends = column === "E" ? extentOfE(all) : extent([
    ...all.map((row) => row[column]),
    ...bands.flat().flatMap(({ low, high }) => [low, high]),
  ]);
  const steps = all.map(({ step }) => step);
  const lines = models.map(({ model, rows }, i) => (
    { name: model, color: categoryColors[i]!, end: rows.at(-1)![column] }
  ));
  const gap = LABEL_GAP / (HEIGHT - panel.marginTop - panel.marginBottom);
  const labels = endLabels(lines, Math.max(...steps), gap, ends);
  return {
    ...frame({ height: HEIGHT }),
    marginRight: 16 + 8.4 * Math.max(...models.map(({ model }) => model.length)),
    x: { ...stepAxis(steps), ...column !== "alpha0" && { label: null } },
    y: { label: COLUMN_LABELS[column], grid: true },
    marks: [
      ...column === "E" ? [zeroLine()] : [],
      ...models.flatMap(({ rows }, i) => {
        const { color } = lines[i]!;
        const marks = column === "E" ? emergenceMarks(rows, color) : [
          Plot.areaY(bands[i]!, {
            ...{ x: "step", y1: "low", y2: "high", fill: color, fillOpacity: 0.2 },
          }),
          Plot.line(rows, { x: "step", y: column, stroke: color, strokeWidth: 2 }),
        ];
        return [...marks, labels[i]!];
      }),
    ],
  };
}
