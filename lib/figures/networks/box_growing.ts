/** Boxes that grow around neurons. */

import * as Plot from "@observablehq/plot";
import type { MassTable } from "../../networks/mass_table.ts";
import { endLabel } from "../spread_labels.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { frame, MAIN_COLOR } from "../style.ts";

/** Other neurons drawn faintly for comparison, at most. */
const COMPANIONS = 60;

/** Which neuron, and of which network. */
export interface BoxGrowingFigureOptions {
  /** Which selected node to draw boldly, its row in the table; the first unless given. */
  readonly row?: number;
  /** Which neuron that is, for its label; `one neuron` unless given. */
  readonly neuron?: string;
  /** Which network it is, for the title, such as `nano-64 at step 0`. */
  readonly of?: string;
}

/**
 * Draw the mass within each radius around one neuron, and faintly around others, on logarithmic axes: a
 * power law would be a straight line.
 *
 * @throws {RangeError} If the table has no such row, or none at all.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { boxGrowingFigure } from "neuromfa/figures";
 * import { generatedNetwork, growBoxes } from "neuromfa/networks";
 *
 * const network = generatedNetwork({ kinds: [{ dimension: 0.8, neurons: 5 }] });
 * assert.match(boxGrowingFigure(growBoxes(network)).caption, /5 of 5 neurons/);
 * ```
 */
export function boxGrowingFigure(
  masses: MassTable,
  { row = 0, neuron = "one neuron", of }: BoxGrowingFigureOptions = {},
): Figure {
  const { radii, selected, nodes } = masses;
  if (selected.length === 0) {
    throw new RangeError(
      `none of the ${nodes} neurons has enough edges to be drawn; raise the threshold`,
    );
  }
  if (!(Number.isInteger(row) && row >= 0 && row < selected.length)) {
    throw new RangeError(`row must be from 0 to ${selected.length - 1}, but it is ${row}`);
  }
  const stride = Math.ceil(selected.length / COMPANIONS);
  const others = [...selected.keys()].filter((i) => i % stride === 0 && i !== row)
    .flatMap((i) => growth(masses, i));
  const own = growth(masses, row);
  const [first, last] = [own[0]!, own.at(-1)!];
  const steps = { x: "radius", y: "mass", curve: "step-after" } as const;
  return drawFigure({
    name: "box_growing",
    title: of === undefined
      ? "A box grows around a neuron and takes in its neighbours"
      : `${of}: a box grows around a neuron`,
    caption:
      `Mass = 1 + edges not longer than the radius. Bold: ${neuron}, whose mass grows from ` +
      `${first.mass} at radius ${first.radius} to ${last.mass} at radius ${last.radius}; faint: others ` +
      `of the same network. ${radii.length} radii, ${selected.length} of ${nodes} neurons have ` +
      "enough edges to be measured.",
    panels: [{
      ...frame({ height: 340, marginRight: 24 + 8 * neuron.length }),
      x: { type: "log", label: "radius r (logarithmic) →", labelAnchor: "center" },
      y: { type: "log", label: "↑ mass M(r) (logarithmic)", grid: true, tickFormat: "d" },
      marks: [
        Plot.line(others, { ...steps, z: "node", stroke: "#888", strokeOpacity: 0.25 }),
        Plot.line(own, { ...steps, stroke: MAIN_COLOR, strokeWidth: 2.5 }),
        endLabel(neuron, last.radius, last.mass, MAIN_COLOR),
      ],
    }],
  });
}

function growth({ radii, counts }: MassTable, node: number) {
  let mass = 1;
  return Array.from(radii, (radius, j) => {
    mass += counts[node * radii.length + j]!;
    return { node, radius, mass };
  });
}
