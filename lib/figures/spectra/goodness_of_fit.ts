/** How straight the partition function is, at every order over training. */

// @ts-types="@types/d3-scale-chromatic"
import { interpolateViridis } from "d3-scale-chromatic";
import type { GoodnessOfFitRow } from "../../multifractal/goodness_of_fit.ts";
import { signed } from "../../messages/signed.ts";
import { ascending, extent, MISSING_COLOR, short } from "../style.ts";
import { heatMapPanel, scaleKey } from "../heat_map.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";

/** Bounds between classes of r², closer together towards 1, where it matters. */
const bounds = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99];
/** Dark for bad fits, light for good ones. */
const colors = [0, ...bounds].map((_, i) => interpolateViridis(i / bounds.length));

/**
 * Draw the mean r² of the fits of tau(q) as a map: training steps across, orders upwards.
 *
 * @throws {RangeError} If there is no row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { goodnessOfFitFigure } from "neuromfa/figures";
 *
 * const rows = [0, 64].flatMap((step) =>
 *   [-1, 1].map((q) => ({ step, q, r2Mean: 0.93, r2Least: 0.9, samples: 10 }))
 * );
 * assert.match(goodnessOfFitFigure(rows, "toy").svg, /toy/);
 * ```
 */
export function goodnessOfFitFigure(rows: readonly GoodnessOfFitRow[], model?: string): Figure {
  if (rows.length === 0) throw new RangeError("there is no fit to draw: no sample has a spectrum");
  const steps = ascending(rows.map(({ step }) => step));
  // q = 0 has no fit; its row keeps the axis even.
  const orders = ascending([...rows.map(({ q }) => q), 0]);
  const low = orders.length > 12;
  const named = (q: number) => !low || Number.isInteger(q);
  // Numbers are higher than low rows, so that the outermost would be cut.
  const cutOff = (row: number) => row === 0 || row === orders.length - 1;
  const [least, most] = extent(rows.map(({ r2Mean }) => r2Mean)).map((square) => square.toFixed(3));
  const byPlace = new Map(rows.map(({ step, q, r2Mean }) => [`${step},${q}`, r2Mean]));
  return drawFigure({
    name: "goodness_of_fit",
    title: (model === undefined ? "" : `${model}: `) +
      "is there a power law? r² of every fit over training",
    caption: "r² of the straight line through ln Z_q(r) against ln r, mean over samples, " +
      `${least} to ${most} here; its slope is τ(q). ` +
      "Masses only grow with r, so r² is high for any smooth curve: below 0.98 or so the bend can be seen with " +
      "the naked eye. At q = 0 (grey) Z does not change and there is nothing to fit.",
    panels: [
      heatMapPanel({
        columns: steps,
        rows: orders.map((q) => named(q) ? signed(`${q}`) : ""),
        label: "↑ order q",
        rowHeight: Math.max(4, Math.min(24, Math.round(300 / orders.length))),
        cells: steps.flatMap((step, column) =>
          orders.map((q, row) => {
            const square = byPlace.get(`${step},${q}`);
            const place = bounds.filter((bound) => (square ?? 0) >= bound).length;
            const isBare = square === undefined || !named(q) || (low && cutOff(row));
            return {
              ...{ column, row, text: isBare ? "" : short(square) },
              color: square === undefined ? MISSING_COLOR : colors[place]!,
              textColor: place < colors.length / 2 ? "white" : "black",
            };
          })
        ),
      }),
      scaleKey("r²", colors, bounds.map(String)),
    ],
  });
}
