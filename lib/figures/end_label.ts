/** The name of a line at its end. */
import * as Plot from "@observablehq/plot";

/** A name in its line's colour, to the right of the line's last place. */
export function endLabel(name: string, x: number, y: number, color: string): Plot.Markish {
  return Plot.text([name], {
    x,
    y,
    text: (text) => text,
    textAnchor: "start",
    dx: 8,
    fill: color,
    ...{ stroke: "white", strokeWidth: 3 }, // legible where it crosses another line
    fontWeight: "bold",
  });
}
