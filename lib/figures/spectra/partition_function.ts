/** The partition function and the lines whose slopes are tau(q). */

import * as Plot from "@observablehq/plot";
import type { MassExponent } from "../../multifractal/mass_exponent.ts";
import type { PartitionFunction } from "../../multifractal/partition_function.ts";
import { drawFigure } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { signed } from "../../messages/signed.ts";
import { panel, stepColors } from "../style.ts";
import { spreadLabels } from "../spread_labels.ts";

/** Least distance of two labels, as a share of the height of the axis. */
const LABEL_GAP = 0.05;

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
 * @param partition The partition function.
 * @param exponent The fits to it.
 * @param options Which orders, and what the figure says.
 * @throws {RangeError} If an order was not measured.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { partitionFunctionFigure } from "neuromfa/figures";
 * import { massExponent, partitionFunction } from "neuromfa/multifractal";
 *
 * const partition = partitionFunction({
 *   radii: Float64Array.of(2, 5, 9),
 *   counts: Uint32Array.of(6, 6, 1, 3, 12, 2),
 *   selected: Uint32Array.of(0, 1),
 *   nodes: 2,
 *   edges: 30,
 * }, [-1, 0, 1]);
 * const figure = partitionFunctionFigure(partition, massExponent(partition), { orders: [-1, 1] });
 * assert.match(figure.svg, /q = −1/);
 * ```
 */
export function partitionFunctionFigure(
  partition: PartitionFunction,
  exponent: MassExponent,
  { orders = [-3, -2, -1, 0, 1, 2, 3], of }: PartitionFunctionFigureOptions = {},
): Figure {
  const { logRadii, logZ } = partition;
  const places = orders.map((order) => {
    const place = partition.q.indexOf(order);
    if (place >= 0) return place;
    throw new RangeError(
      `order q = ${order} was not measured; orders go from ${partition.q[0]} to ${
        partition.q.at(-1)
      }`,
    );
  });
  const colors = stepColors(orders.length);
  const [lowest, highest] = extent(
    places.flatMap((place) => [...row(logZ, place, logRadii.length)]),
  );
  const labelPlaces = spreadLabels(
    places.map((place) => exponent.intercept[place]!),
    LABEL_GAP * (highest - lowest),
    [lowest, highest],
  );
  const marks = places.flatMap((place, i) => {
    const [slope, intercept] = [exponent.tau[place]!, exponent.intercept[place]!];
    const points = Array.from(logRadii, (x, j) => ({ x, y: logZ[place * logRadii.length + j]! }));
    const line = [logRadii[0]!, 0].map((x) => ({ x, y: intercept + slope * x }));
    const fit = orders[i] === 0 ? "" : `, r² = ${(exponent.rValue[place]! ** 2).toFixed(2)}`;
    const label = `q = ${signed(`${orders[i]!}`)}: τ = ${signed(slope.toFixed(2))}${fit}`;
    return [
      Plot.dot(points, { x: "x", y: "y", r: 1.6, fill: colors[i]! }),
      Plot.line(line, { x: "x", y: "y", stroke: colors[i]!, strokeWidth: 1.5 }),
      Plot.text([label], {
        x: 0,
        y: labelPlaces[i]!,
        text: (text) => text,
        textAnchor: "start",
        dx: 8,
        fill: colors[i]!,
      }),
    ];
  });
  return drawFigure({
    name: "partition_function",
    title: of === undefined
      ? "How the partition function scales with the radius"
      : `${of}: how the partition function scales`,
    caption:
      "Dots: ln Z_q(r), the sum over neurons of their normalised masses to the power q, at every " +
      `radius (${logRadii.length}). Lines: least-squares fits; their slopes are the mass exponent τ(q). Where dots leave ` +
      "their line there is no clean power law: r² says how far.",
    panels: [{
      ...panel,
      height: 420,
      marginRight: 210,
      x: { label: "ln(r / d) →", labelAnchor: "center" },
      y: { label: "↑ ln Z_q(r)", grid: true },
      marks,
    }],
  });
}

function row(values: Float64Array, index: number, width: number): Float64Array {
  return values.subarray(index * width, (index + 1) * width);
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
