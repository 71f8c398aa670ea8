/** E, the width and alpha_0 of several models over training. */

import * as Plot from "@observablehq/plot";
import { emergenceMarks } from "./emergence_marks.ts";
import { endLabel, spreadLabels } from "../spread_labels.ts";
import { drawnModels, type ModelEmergence } from "./model_emergence.ts";
import type { SamplesRow } from "../../multifractal/spectra_tables.ts";
import { drawFigure, type Panel } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { stepAxis } from "../step_axis.ts";
import { categoryColors, panel } from "../style.ts";

/** Least distance of two labels, in pixels. */
const LABEL_GAP = 15;
const HEIGHT = 220;

/** What is drawn, one panel each. */
const COLUMNS = [
  { column: "E", label: "↑ degree of emergence E" },
  { column: "width", label: "↑ heterogeneity (width of the spectrum)" },
  { column: "alpha0", label: "↑ regularity (α₀; lower is more regular)" },
] as const;

/**
 * Draw E, the width and alpha_0 of several models over training (Xiao et al., ICLR 2025, Fig. 5), one colour a model.
 *
 * @param title What is compared, e.g. `Four sizes of one recipe`.
 * @param models The models, seven at most, so that their colours can be told apart.
 * @param made How the tables were made, for the caption.
 * @throws {RangeError} If there is no model or more than seven, one comes twice, or one has no E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { modelsOverTrainingFigure } from "neuromfa/figures";
 *
 * const row = (step: number, E: number) =>
 *   ({ step, alpha0: 1, width: 1 + E, E, eLow: E - 0.01, eHigh: E + 0.01, samplesKept: 10, status: "ok" });
 * const figure = modelsOverTrainingFigure("Two sizes", [
 *   { model: "small", weights: 1e4, rows: [row(0, 0), row(64, 0.1)] },
 *   { model: "large", weights: 1e5, rows: [row(0, 0), row(64, 0.2)] },
 * ]);
 * assert.match(figure.svg, /large/);
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
  return drawFigure({
    name: "models_over_training",
    title,
    caption:
      "E = width(t) / width(0) · ln(α₀(0) / α₀(t)), every model beside its own untrained network; bands: 95 % bootstrap " +
      `interval over samples. The width and α₀ are means over samples${
        drawn.some(({ samples = [] }) => spread(samples, "width").length > 0)
          ? "; bands: from the lowest sample to the highest"
          : ""
      }. ${made}`,
    panels: COLUMNS.map((quantity, i) => quantityPanel(drawn, quantity, i === COLUMNS.length - 1)),
  });
}

/** The least and the largest of a column among the samples that count, at each step that has some. */
function spread(samples: readonly SamplesRow[], column: "width" | "alpha0") {
  const counted = samples.filter(({ filtered }) => filtered === false);
  return [...Map.groupBy(counted, ({ step }) => step)].map(([step, rows]) => {
    const values = rows.map((row) => row[column]!);
    return { step, low: Math.min(...values), high: Math.max(...values) };
  });
}

function quantityPanel(
  models: readonly ModelEmergence[],
  { column, label }: typeof COLUMNS[number],
  last: boolean,
): Panel {
  const all = models.flatMap(({ rows }) => rows);
  const bands = column === "E" ? [] : models.map(({ samples = [] }) => spread(samples, column));
  const values = [
    ...all.flatMap((row) =>
      column === "E" ? [row.E, row.eLow, row.eHigh].filter((v) => !Number.isNaN(v)) : row[column]
    ),
    ...bands.flat().flatMap(({ low, high }) => [low, high]),
  ];
  const ends: [number, number] = [Math.min(...values), Math.max(...values)];
  const places = spreadLabels(
    models.map(({ rows }) => rows.at(-1)![column]),
    (ends[1] - ends[0]) * LABEL_GAP / (HEIGHT - panel.marginTop - panel.marginBottom),
    ends,
  );
  const axis = stepAxis(all.map(({ step }) => step));
  const lastStep = Math.max(...all.map(({ step }) => step));
  return {
    ...panel,
    height: HEIGHT,
    marginRight: 16 + 8.4 * Math.max(...models.map(({ model }) => model.length)),
    x: { ...axis, ...!last && { label: null } },
    y: { label, grid: true },
    marks: [
      ...column === "E" ? [Plot.ruleY([0], { stroke: "#999" })] : [],
      ...models.flatMap(({ model, rows }, i) => {
        const color = categoryColors[i]!;
        return [
          ...column === "E" ? emergenceMarks(rows, color) : [
            Plot.areaY(bands[i]!, {
              ...{ x: "step", y1: "low", y2: "high", fill: color, fillOpacity: 0.2 },
            }),
            Plot.line(rows, { x: "step", y: column, stroke: color, strokeWidth: 2 }),
          ],
          endLabel(model, lastStep, places[i]!, color),
        ];
      }),
    ],
  };
}
