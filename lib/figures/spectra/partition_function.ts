/** The partition function and the lines whose slopes are tau(q). */

import * as Plot from "@observablehq/plot";
import type { MassExponent } from "../../multifractal/mass_exponent.ts";
import type { PartitionFunction } from "../../multifractal/partition_function.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { signed } from "../../messages/signed.ts";
import { extent, frame, stepColors } from "../style.ts";
import { endLabels } from "../spread_labels.ts";

/** What is drawn, and of which network. */
export interface PartitionFunctionFigureOptions {
  /** Which orders to draw; −3 to 3 by 1 unless given. */
  readonly orders?: readonly number[];
  /** Which network it is, for the title, such as `nano-64 at step 0`. */
  readonly of?: string;
}

/**
 * Draw `ln Z_q(r)` against `ln(r / d)` for some orders with the fitted lines; each line's slope is tau(q).
 *
 * @throws {RangeError} If an order was not measured.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { partitionFunctionFigure } from "neuromfa/figures";
 * import { massExponent, partitionFunction } from "neuromfa/multifractal";
 * import { generatedNetwork, growBoxes } from "neuromfa/networks";
 *
 * const network = generatedNetwork({ kinds: [{ dimension: 0.8, neurons: 5 }] });
 * const partition = partitionFunction(growBoxes(network), [-1, 0, 1]);
 * const figure = partitionFunctionFigure(partition, massExponent(partition), { orders: [-1, 1] });
 * assert.match(figure.svg, /q = −1/);
 * ```
 */
export function partitionFunctionFigure(
  partition: PartitionFunction,
  exponent: MassExponent,
  { orders = [-3, -2, -1, 0, 1, 2, 3], of }: PartitionFunctionFigureOptions = {},
): Figure {
  const { q, logRadii, logZ } = partition, width = logRadii.length;
  const colors = stepColors(orders.length);
  const lines = orders.map((order, i) => {
    const place = q.indexOf(order);
    if (place < 0) {
      throw new RangeError(
        `order q = ${order} was not measured; orders go from ${q[0]} to ${q.at(-1)}`,
      );
    }
    const [slope, intercept] = [exponent.tau[place]!, exponent.intercept[place]!];
    const fit = order === 0 ? "" : `, r² = ${(exponent.rValue[place]! ** 2).toFixed(2)}`;
    return {
      name: `q = ${signed(`${order}`)}: τ = ${signed(slope.toFixed(2))}${fit}`,
      color: colors[i]!,
      end: intercept,
      points: Array.from(logRadii, (x, j) => ({ x, y: logZ[place * width + j]! })),
      line: [logRadii[0]!, 0].map((x) => ({ x, y: intercept + slope * x })),
    };
  });
  const ends = extent(lines.flatMap(({ points }) => points.map(({ y }) => y)));
  const labels = endLabels(lines, 0, 0.05, ends, {});
  return drawFigure({
    name: "partition_function",
    title: of === undefined
      ? "How the partition function scales with the radius"
      : `${of}: how the partition function scales`,
    caption:
      "Dots: ln Z_q(r), the sum over neurons of their normalised masses to the power q, at every " +
      `radius (${width}). Lines: least-squares fits; their slopes are the mass exponent τ(q). Where dots leave ` +
      "their line there is no clean power law: r² says how far.",
    panels: [{
      ...frame({ height: 420, marginRight: 210 }),
      x: { label: "ln(r / d) →", labelAnchor: "center" },
      y: { label: "↑ ln Z_q(r)", grid: true },
      marks: lines.flatMap(({ points, line, color }, i) => [
        Plot.dot(points, { x: "x", y: "y", r: 1.6, fill: color }),
        Plot.line(line, { x: "x", y: "y", stroke: color, strokeWidth: 1.5 }),
        labels[i]!,
      ]),
    }],
  });
}
