/** A key of colours as a panel of its own, since Plot's own legends are HTML and get lost outside a page. */
import * as Plot from "@observablehq/plot";
import { panel } from "./style.ts";

/** Width of a letter, in pixels, on the wide side. */
const LETTER = 7.2;
/** Width of a square and of the space around an entry, in pixels. */
const SPACE = 34;

/** Height of a line of entries, in pixels. */
const LINE = 14;

/**
 * A low panel that names each colour, from left to right, in as many lines as it takes.
 *
 * @param names What the colours stand for.
 * @param colors A colour a name.
 * @param symbols A mark a name, squares unless given.
 */
export function colorKey(
  names: readonly string[],
  colors: readonly string[],
  symbols: readonly Plot.SymbolType[] = [],
): Plot.PlotOptions {
  const width = panel.width - panel.marginLeft;
  let [end, line] = [0, 0];
  const entries = names.map((name, i) => {
    const length = name.length * LETTER + SPACE;
    if (end > 0 && end + length > width + SPACE) [end, line] = [0, line + 1];
    const start = end;
    end += length;
    return { name, start, line, color: colors[i]!, symbol: symbols[i] ?? "square" as const };
  });
  const lines = line + 1;
  return {
    ...panel,
    height: 8 + LINE * lines,
    marginTop: 4,
    marginRight: 0,
    marginBottom: 4,
    axis: null,
    x: { domain: [0, width] },
    // A single line has no scale of its own: it stands in the middle.
    ...lines > 1 && { y: { domain: [lines - 0.5, -0.5] } },
    marks: entries.flatMap(({ name, start, line, color, symbol }) => {
      const y = lines > 1 ? { y: () => line } : {};
      return [
        Plot.dot([start], { x: (d) => d, ...y, symbol, r: 5, fill: color }),
        Plot.text([name], { x: () => start, ...y, text: (d) => d, textAnchor: "start", dx: 10 }),
      ];
    }),
  };
}
