/** A key of colours as a panel of its own, since Plot's own legends are HTML and get lost outside a page. */
import * as Plot from "@observablehq/plot";
import { panel } from "./style.ts";

/** Width of a letter, in pixels, on the wide side. */
const LETTER = 7.2;
/** Width of a square and of the space around an entry, in pixels. */
const SPACE = 34;

/** A low panel that names each colour, from left to right. */
export function colorKey(names: readonly string[], colors: readonly string[]): Plot.PlotOptions {
  let end = 0;
  const entries = names.map((name, i) => {
    const start = end;
    end += name.length * LETTER + SPACE;
    return { name, start, color: colors[i]! };
  });
  return {
    ...panel,
    height: 22,
    marginTop: 4,
    marginRight: 0,
    marginBottom: 4,
    axis: null,
    x: { domain: [0, panel.width - panel.marginLeft] },
    marks: entries.flatMap(({ name, start, color }) => [
      Plot.dot([start], { x: (d) => d, symbol: "square", r: 5, fill: color }),
      Plot.text([name], { x: () => start, text: (d) => d, textAnchor: "start", dx: 10 }),
    ]),
  };
}
