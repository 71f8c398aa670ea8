/** Boxes around one neuron, seen from above. */

import * as Plot from "@observablehq/plot";
import { roundHalfEven } from "../../numpy/round_half_even.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { frame, MAIN_COLOR, panel } from "../style.ts";

/** The angle that spreads points evenly however many there are, in radians. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const SIZE = 480;
/** Room for the names of boxes, in pixels. */
const NAMES = 134;

/** Whose boxes are drawn, and which. */
export interface NeuronBoxesOptions {
  /** Which neuron, e.g. `neuron 5 of block 0's input`. */
  readonly neuron: string;
  /** Radii of the boxes, ascending, at least one. */
  readonly radii: readonly number[];
}

/**
 * Draw a neuron in the middle, those it feeds around it as far away as their edges are long, and boxes of some radii with
 * the mass in each: 1 + edges longer than 1 whose rounded length is not above the radius (Xiao et al., ICLR 2025,
 * arXiv 2402.09099). Angles mean nothing.
 *
 * @throws {RangeError} If there is no edge longer than 1 within the largest radius, or the radii do not ascend from 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { neuronBoxesFigure } from "neuromfa/figures";
 *
 * const figure = neuronBoxesFigure([3, 12, 12.4, 400], { neuron: "neuron 7", radii: [5, 12] });
 * assert.match(figure.caption, /mass 2 within radius 5, 4 within 12/);
 * ```
 */
export function neuronBoxesFigure(
  lengths: ArrayLike<number>,
  { neuron, radii }: NeuronBoxesOptions,
): Figure {
  const largest = radii.at(-1);
  if (largest === undefined || radii.some((r, i) => !(r >= 1 && r > (radii[i - 1] ?? 0)))) {
    throw new RangeError(`radii must ascend from 1, but they are ${radii.join(", ") || "none"}`);
  }
  // Angles follow the order of the edges, so that near and far neighbours lie everywhere.
  const all = Array.from(lengths, (length, i) => ({
    length,
    x: length * Math.cos(i * GOLDEN_ANGLE),
    y: length * Math.sin(i * GOLDEN_ANGLE),
  })).filter(({ length }) => length > 1);
  const within = (radius: number) => all.filter(({ length }) => roundHalfEven(length) <= radius);
  const inside = within(largest), further = all.length - inside.length;
  if (inside.length === 0) {
    throw new RangeError(`${neuron} has no edge within the largest radius ${largest}; raise it`);
  }
  const boxes = radii.map((radius) => ({ radius, mass: 1 + within(radius).length }));
  const words = boxes.map(({ radius, mass }, i) =>
    i === 0 ? `mass ${mass} within radius ${radius}` : `${mass} within ${radius}`
  );
  const circle = Array.from({ length: 181 }, (_, i) => Math.PI * i / 90);
  const end = 1.08 * largest, size = Math.min(SIZE, panel.width - NAMES);
  return drawFigure({
    name: "neuron_boxes",
    title: `Boxes grow around ${neuron}`,
    caption:
      "Distance from the middle: edge length d = 1/|w|, dimensionless; the angle means nothing. The box has " +
      `${words.join(", ")}: 1 for the neuron itself, 1 for each edge. ` +
      `${further} of its ${all.length} edges lead further out.`,
    panels: [{
      ...frame({ height: size, marginTop: 6, marginBottom: 6, marginLeft: 8, axis: null }),
      marginRight: panel.width - size + 4,
      x: { domain: [-end, end] },
      y: { domain: [-end, end] },
      marks: [
        ...boxes.map(({ radius }) =>
          Plot.line(circle, {
            x: (angle) => radius * Math.cos(angle),
            y: (angle) => radius * Math.sin(angle),
            ...{ stroke: "#888", fill: MAIN_COLOR, fillOpacity: 0.07 },
          })
        ),
        Plot.dot(inside, { x: "x", y: "y", r: 3, fill: MAIN_COLOR, fillOpacity: 0.8 }),
        Plot.dot([0], { x: 0, y: 0, r: 6, fill: "#D55E00", stroke: "white" }),
        Plot.ruleY(boxes, {
          ...{ y: "radius", x1: 0, x2: end, stroke: "#555", strokeDasharray: "2,3" },
        }),
        Plot.text(boxes, {
          ...{ x: end, y: "radius", text: ({ radius, mass }) => `r = ${radius}: mass ${mass}` },
          ...{ textAnchor: "start", dx: 4, fontWeight: "bold" } as const,
        }),
      ],
    }],
  });
}
