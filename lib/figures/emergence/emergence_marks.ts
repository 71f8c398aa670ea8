/** How E over training is drawn wherever it is drawn. */

import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";

/** A line of E with the band of its interval, in one colour; rows without an E are left out. */
export function emergenceMarks(rows: readonly EmergenceRow[], color: string): Plot.Markish[] {
  const drawn = rows.filter(({ E }) => !Number.isNaN(E));
  return [
    Plot.areaY(drawn.filter(({ eLow }) => !Number.isNaN(eLow)), {
      x: "step",
      y1: "eLow",
      y2: "eHigh",
      fill: color,
      fillOpacity: 0.2,
    }),
    Plot.line(drawn, { x: "step", y: "E", stroke: color, strokeWidth: 2 }),
  ];
}
