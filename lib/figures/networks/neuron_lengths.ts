/** One neuron's connections as lengths. */

import * as Plot from "@observablehq/plot";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { extent, frame, MAIN_COLOR } from "../style.ts";

/** Bars a decade of length. */
const BARS_A_DECADE = 8;

/** What is said beside the lengths. */
export interface NeuronLengthsOptions {
  /** Which neuron, e.g. `neuron 5 of block 0's input`. */
  readonly neuron: string;
  /** Longest edge that counts. */
  readonly threshold: number;
}

/**
 * Draw how long a neuron's out-edges are, `1 / |w|`, on a logarithmic axis with the threshold marked.
 *
 * @throws {RangeError} If there is no length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { neuronLengthsFigure } from "neuromfa/figures";
 *
 * const figure = neuronLengthsFigure([3, 12, 400], { neuron: "neuron 7", threshold: 150 });
 * assert.match(figure.caption, /2 of its 3 edges/);
 * ```
 */
export function neuronLengthsFigure(
  lengths: ArrayLike<number>,
  { neuron, threshold }: NeuronLengthsOptions,
): Figure {
  const values = Array.from(lengths);
  if (values.length === 0) {
    throw new RangeError(`${neuron} has no edge to draw; choose another one`);
  }
  const exponents = values.map((length) => Math.floor(Math.log10(length) * BARS_A_DECADE));
  const [first, last] = extent(exponents);
  const edge = (i: number) => 10 ** (i / BARS_A_DECADE);
  const bars = Array.from({ length: last + 1 - first }, (_, i) => ({
    from: edge(first + i),
    to: edge(first + i + 1),
    count: exponents.filter((exponent) => exponent === first + i).length,
  }));
  // Above the frame, where no bar is, and on the side of the line that has room.
  const [left, right] = extent([edge(first), threshold, edge(last + 1)]);
  const side = Math.log(threshold / left) > 0.5 * Math.log(right / left)
    ? { textAnchor: "end", dx: 4 } as const
    : { textAnchor: "start", dx: 2 } as const;
  const inside = values.filter((length) => length > 1 && length <= threshold).length;
  return drawFigure({
    name: "neuron_lengths",
    title: `How far ${neuron} is from the neurons it feeds`,
    caption:
      `Edge length d = 1/|w|: a strong weight is a short edge. ${inside} of its ${values.length} ` +
      `edges are longer than 1 and not longer than the threshold ${threshold}; only those are counted.`,
    panels: [{
      ...frame({ height: 280, marginRight: 26 }), // half of `10,000`
      x: {
        ...{ type: "log", label: "edge length d = 1/|w| (logarithmic) →", labelAnchor: "center" },
        tickFormat: ",",
      },
      y: { label: "↑ edges", grid: true },
      marks: [
        Plot.rectY(bars, { x1: "from", x2: "to", y: "count", fill: MAIN_COLOR, inset: 0.5 }),
        Plot.ruleX([threshold], { stroke: "#D55E00", strokeWidth: 1.5, strokeDasharray: "4,3" }),
        Plot.text([`threshold ${threshold}`], {
          ...{ x: threshold, frameAnchor: "top", ...side, dy: -12, fill: "#D55E00" },
        }),
        Plot.ruleY([0]),
      ],
    }],
  });
}
