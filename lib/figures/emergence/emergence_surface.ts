/** E over the size of the model and the training step, as a surface. */

import * as Plot from "@observablehq/plot";
// @ts-types="@types/d3-array"
import { ticks } from "d3-array";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { drawnModels, type ModelEmergence } from "./models_over_training.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { categoryColor, extent, frame, lnStepAxis, nameMargin, stepWords } from "../style.ts";
import { isNarrow } from "../figure_style.ts";

/** How far each model behind the first is moved to the right and up, as a share of the axes. */
const [ACROSS, UP] = [0.3, 0.55];
/** How high the range of E is drawn. */
const HEIGHT = 0.9;

/**
 * Draw E over model size × training step (Xiao et al., ICLR 2025, Fig. 1) as a surface in parallel projection: one ridge a
 * model, the smallest in front, with the same steps joined from model to model.
 *
 * @throws {RangeError} If there are fewer than two models, one has no E, or they share fewer than two steps.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { emergenceSurfaceFigure } from "neuromfa/figures";
 *
 * const options = { samples: 2, steps: [0, 512] };
 * const models = [await measure("suite:nano-32", options), await measure("suite:nano-64", options)];
 * assert.match(emergenceSurfaceFigure(models).svg, /nano-64/);
 * ```
 */
export function emergenceSurfaceFigure(models: readonly ModelEmergence[], made = ""): Figure {
  const drawn = drawnModels(models);
  if (drawn.length < 2) {
    throw new RangeError(
      `${drawn[0]!.model} alone is a line, not a surface; give two models at least`,
    );
  }
  const steps = drawn[0]!.rows.map(({ step }) => step)
    .filter((step) => drawn.every(({ rows }) => rows.some((row) => row.step === step)));
  if (steps.length < 2) {
    throw new RangeError(
      `the models share ${steps.length} steps with an E, and a surface needs two; analyse the same steps of each`,
    );
  }
  const ridges = drawn.map(({ rows }) => rows.filter(({ step }) => steps.includes(step)));
  const heights = extent([0, ...ridges.flat().map(({ E }) => E)]);
  const project = projection(drawn, heights, steps);
  return drawFigure({
    name: "emergence_surface",
    title: "Degree of emergence over model size and training step",
    caption:
      "One ridge a model, placed by the logarithm of its number of weights, the smallest in front; thin lines join the same " +
      `step. Dashed: E = 0 of that model. Heights are means over samples; intervals are in the other figures. ${made}`,
    panels: [{
      ...frame({
        ...{ height: 420, marginLeft: 60, axis: null },
        marginRight: nameMargin(drawn.map(({ model }) => model), 130, 13),
      }),
      x: { domain: [0, 1 + ACROSS] },
      y: { domain: [-0.08, HEIGHT + UP] },
      marks: [
        ...ridges.map((ridge, i) => ridgeMarks(ridge, i, drawn[i]!.model, project, heights[0]))
          .reverse().flat(),
        ...steps.map((step) =>
          Plot.line(
            ridges.map((ridge, i) => project(ridge.find((row) => row.step === step)!, i)),
            { x: "x", y: "y", stroke: "#555", strokeWidth: 0.6 },
          )
        ),
        ...frameMarks(steps, heights, project),
      ],
    }],
  });
}

/** From a step, an E and a model's number to a place in the drawing. */
type Project = (row: Pick<EmergenceRow, "step" | "E">, model: number) => { x: number; y: number };

function projection(
  models: readonly ModelEmergence[],
  [lowest, highest]: readonly [number, number],
  steps: readonly number[],
): Project {
  const [smallest, largest] = [models[0]!, models.at(-1)!].map(({ weights }) => Math.log(weights));
  const depth = (model: number) =>
    smallest === largest
      ? model / (models.length - 1)
      : (Math.log(models[model]!.weights) - smallest!) / (largest! - smallest!);
  const longest = Math.log1p(steps.at(-1)!);
  return ({ step, E }, model) => ({
    x: Math.log1p(step) / longest + ACROSS * depth(model),
    y: HEIGHT * (E - lowest) / (highest - lowest || 1) + UP * depth(model),
  });
}

/** One model's ridge: it hides what is behind it. */
function ridgeMarks(
  ridge: readonly EmergenceRow[],
  i: number,
  model: string,
  project: Project,
  lowest: number,
): Plot.Markish[] {
  const top = ridge.map((row) => project(row, i));
  const floor = project({ step: 0, E: lowest }, i).y;
  const zero = [ridge[0]!, ridge.at(-1)!].map(({ step }) => project({ step, E: 0 }, i));
  const color = categoryColor(i);
  return [
    Plot.areaY(top, { x: "x", y1: floor, y2: "y", fill: "#fff", fillOpacity: 0.75 }),
    Plot.areaY(top, { x: "x", y1: floor, y2: "y", fill: color, fillOpacity: 0.15 }),
    Plot.line(zero, { x: "x", y: "y", stroke: color, strokeDasharray: "3,3" }),
    Plot.line(top, { x: "x", y: "y", stroke: color, strokeWidth: 2 }),
    // At the floor, where no other ridge and no line that joins them is to the right, clear of the last step below.
    Plot.text([top.at(-1)!], {
      ...{ x: "x", y: () => floor, text: () => model, textAnchor: "start" } as const,
      ...{ dx: 6, dy: -4, fill: color, fontWeight: "bold" },
    }),
  ];
}

/** The axes: steps below the front ridge, E at its left. */
function frameMarks(
  steps: readonly number[],
  [lowest, highest]: readonly [number, number],
  project: Project,
): Plot.Markish[] {
  const last = steps.at(-1)!;
  const stepTicks = lnStepAxis(steps).ticks.filter((step) => step <= last);
  const valueTicks = ticks(lowest, highest, 5).map((E) => ({ E, ...project({ step: 0, E }, 0) }));
  const floor = stepTicks.map((step) => ({ step, ...project({ step, E: lowest }, 0) }));
  const upright = [lowest, highest].map((E) => project({ step: 0, E }, 0));
  // To the left of the lines that join the ridges.
  const atLeft = { x: "x", y: "y", textAnchor: "end", dx: -8 } as const;
  const valueWords = ({ E }: { E: number }) =>
    E.toLocaleString("en-US", { maximumFractionDigits: 6 }).replace("-", "−");
  return [
    Plot.line(floor, { x: "x", y: "y", stroke: "#000" }),
    Plot.line(upright, { x: "x", y: "y", stroke: "#000" }),
    Plot.text(floor, { x: "x", y: "y", text: ({ step }) => stepWords(step), dy: 12 }),
    Plot.text(valueTicks, { ...atLeft, text: valueWords }),
    Plot.text([lnStepAxis(steps).label], {
      ...{ frameAnchor: "bottom", dy: 14, dx: isNarrow() ? 10 : -60 } as const,
    }),
    Plot.text(upright.slice(1), { ...atLeft, text: () => "↑ E", dy: -14 }),
  ];
}
