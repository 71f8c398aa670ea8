/** Where the texts of a figure stand, and which of them are cut off or cover another. */

import { JSDOM } from "jsdom";
import type { Figure } from "../../lib/figures/render/draw_figure.ts";
import { textWidth } from "./letter_widths.ts";

type Corner = readonly [number, number];
/** From an element's own places to those of the figure: `[a b c d x y]` as in SVG. */
type Matrix = readonly [number, number, number, number, number, number];

/** A text and the corners of the box around it, one after another. */
export interface TextBox {
  readonly text: string;
  readonly corners: readonly Corner[];
}

/** What is used of an element; the DOM's own types are not part of Deno's. */
interface Drawn {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly children: ArrayLike<Drawn>;
  getAttribute(name: string): string | null;
}

/** What surrounds a text. */
interface Place {
  readonly matrix: Matrix;
  readonly size: number;
  readonly isBold: boolean;
  readonly anchor: string;
}

/** The boxes of all texts, as high as a capital letter. */
export function textBoxes({ svg }: Pick<Figure, "svg">): TextBox[] {
  const { window } = new JSDOM(svg, { contentType: "image/svg+xml" });
  const start = { matrix: [1, 0, 0, 1, 0, 0], size: 10, isBold: false, anchor: "start" } as const;
  return boxesIn(window.document.documentElement, start);
}

function boxesIn(element: Drawn, around: Place): TextBox[] {
  const own = (name: string) => element.getAttribute(name);
  const size = own("style")?.match(/font-size: ([\d.]+)px/)?.[1] ?? own("font-size");
  const place = {
    matrix: moved(element, around.matrix),
    size: size ? Number.parseFloat(size) : around.size,
    isBold: own("font-weight") ? own("font-weight") === "bold" : around.isBold,
    anchor: own("text-anchor") ?? around.anchor,
  };
  if (element.tagName !== "text") {
    return Array.from(element.children).flatMap((child) => boxesIn(child, place));
  }
  const lines = element.children.length > 0 ? Array.from(element.children) : [element];
  const length = (of: Drawn, name: string) => {
    const value = of.getAttribute(name) ?? "0";
    return Number.parseFloat(value) * (value.endsWith("em") ? place.size : 1);
  };
  let y = length(element, "y");
  return lines.map((line) => {
    if (line !== element) y = line.getAttribute("y") ? length(line, "y") : y + length(line, "dy");
    const text = line.textContent ?? "", width = place.size * textWidth(text, place.isBold);
    const shift = place.anchor === "middle" ? 0.5 : place.anchor === "end" ? 1 : 0;
    const left = length(line, "x") - shift * width;
    const [top, bottom] = [y - 0.74 * place.size, y];
    const box: Corner[] = [[left, top], [left + width, top], [left + width, bottom], [
      left,
      bottom,
    ]];
    return { text, corners: box.map((corner) => at(place.matrix, corner)) };
  });
}

/** The matrix within an element: after its place, if it is a nested `<svg>`, and its translations and rotations. */
function moved(element: Drawn, outside: Matrix): Matrix {
  let matrix = outside;
  const move = (x: number, y: number) => {
    const [a, b, c, d] = matrix;
    matrix = [a, b, c, d, ...at(matrix, [x, y])];
  };
  if (element.tagName === "svg") {
    move(Number(element.getAttribute("x") ?? 0), Number(element.getAttribute("y") ?? 0));
  }
  const transform = element.getAttribute("transform") ?? "";
  for (const [, kind, values] of transform.matchAll(/(translate|rotate)\(([^)]*)\)/g)) {
    const [one, two = 0] = values!.split(",").map(Number) as [number, number?];
    if (kind === "translate") move(one, two);
    else {
      const [cos, sin] = [Math.cos(one * Math.PI / 180), Math.sin(one * Math.PI / 180)];
      const [a, b, c, d, x, y] = matrix;
      matrix = [a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin, x, y];
    }
  }
  return matrix;
}

function at([a, b, c, d, x, y]: Matrix, [left, top]: Corner): [number, number] {
  return [a * left + c * top + x, b * left + d * top + y];
}
