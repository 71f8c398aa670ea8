/** The slope of the partition function at every radius. */

import * as Plot from "@observablehq/plot";
import { type LocalSlope, scalingRanges } from "../../multifractal/local_slopes.ts";
import type { MassExponent } from "../../multifractal/mass_exponent.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { signed } from "../../messages/signed.ts";
import { extent, frame, stepColors, zeroLine } from "../style.ts";
import { endLabels } from "../spread_labels.ts";

/** What else is drawn. */
export interface LocalSlopeFigureOptions {
  /** The fits over all radii, drawn as dashed lines at tau. */
  readonly exponent?: Pick<MassExponent, "q" | "tau">;
  /** Share of the slope by which it may differ within a scaling range; 0.1 unless given. */
  readonly tolerance?: number;
  /** Which network it is, for the title, such as `nano-64 at step 0`. */
  readonly of?: string;
}

/**
 * Draw the local slopes `d ln Z_q / d ln r` against the radius, with the widest range over which each stays the same drawn
 * broad. A power law is a level line; where there is none, tau is the mean of a curve.
 *
 * @param slopes What {@linkcode localSlopes} gives, for a handful of orders.
 * @throws {RangeError} If there is no slope.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { localSlopeFigure } from "neuromfa/figures";
 * import { localSlopes, partitionFunction } from "neuromfa/multifractal";
 * import { generatedNetwork, growBoxes } from "neuromfa/networks";
 *
 * const network = generatedNetwork({ kinds: [{ dimension: 0.8, neurons: 5 }] });
 * const partition = partitionFunction(growBoxes(network), [-1, 1]);
 * assert.match(localSlopeFigure(localSlopes(partition)).svg, /q = −1/);
 * ```
 */
export function localSlopeFigure(
  slopes: readonly LocalSlope[],
  { exponent, tolerance = 0.1, of }: LocalSlopeFigureOptions = {},
): Figure {
  if (slopes.length === 0) throw new RangeError("there is no local slope to draw");
  const ranges = scalingRanges(slopes, tolerance);
  const rowsByOrder = [...Map.groupBy(slopes, ({ q }) => q).values()];
  const colors = stepColors(rowsByOrder.length);
  const lines = rowsByOrder.map((rows, i) => {
    const { q, min, max } = ranges[i]!;
    const name = `q = ${signed(`${q}`)}: r ${min} to ${max}`;
    return { ...{ rows, q, min, max, name }, color: colors[i]!, end: rows.at(-1)!.slope };
  });
  const domain = extent(slopes.map(({ radius }) => radius));
  const ends = extent([0, ...slopes.map(({ slope }) => slope)]);
  const labels = endLabels(lines, domain[1], 0.05, ends, {});
  const widest = Math.max(...ranges.map(({ factor }) => factor)).toFixed(1);
  return drawFigure({
    name: "local_slopes",
    title: `Is there a power law${of === undefined ? "" : ` in ${of}`}? The slope at every radius`,
    caption:
      "Slope of ln Z_q(r) against ln r around each radius; a power law is a level line. Broad, and written beside: the " +
      `widest range in which no slope differs from the middle one by more than ${
        100 * tolerance
      } %. The widest ` +
      `of them spans a factor of ${widest}, all radii ${(domain[1] / domain[0]).toFixed(0)}.` +
      (exponent ? " Dashed: τ(q), the one slope that is fitted to all of them." : ""),
    panels: [{
      ...frame({ height: 380, marginRight: 150 }),
      x: {
        ...{ type: "log", domain, label: "radius r (logarithmic) →", labelAnchor: "center" },
        ticks: ticks(domain),
      },
      y: { label: "↑ local slope d ln Z / d ln r", grid: true },
      marks: [
        zeroLine(),
        ...lines.flatMap(({ rows, q, min, max, color: stroke }, i) => {
          const inside = rows.filter(({ radius }) => radius >= min && radius <= max);
          const at = exponent?.q.indexOf(q) ?? -1;
          return [
            Plot.line(rows, { x: "radius", y: "slope", stroke, strokeWidth: 1.3 }),
            Plot.line(inside, { x: "radius", y: "slope", stroke, strokeWidth: 5 }),
            ...at < 0 ? [] : [Plot.ruleY([exponent!.tau[at]!], { stroke, strokeDasharray: "3,3" })],
            labels[i]!,
          ];
        }),
      ],
    }],
  });
}

/** 1, 2 and 5 times the powers of ten within the domain. */
function ticks([low, high]: readonly [number, number]): number[] {
  const all: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
    all.push(...[1, 2, 5].map((factor) => factor * power));
  }
  return all.filter((tick) => tick >= low && tick <= high);
}
