/** A figure: plots with a title and a caption drawn in, as SVG text and PNG. */

import * as Plot from "@observablehq/plot";
import { drawingDocument } from "./document.ts";
import type { DrawnElement } from "./drawn_element.ts";
import { figureStyle, isNarrow, SMALLEST_TEXT } from "../figure_style.ts";
import { PRINT_DASHES } from "../style.ts";
import type { PngSize } from "./png_size.ts";
import { svgElement } from "./svg_element.ts";
import { toPng } from "./to_png.ts";
import { figureWords, toSvg } from "./to_svg.ts";

/** What a figure is made of. */
export interface FigureParts {
  /** File name without extension, also the prefix of ids inside; lower-case letters, digits, `_` and `-`. */
  readonly name: string;
  /** What is to be seen, in a sentence or two. */
  readonly caption: string;
  /** Self-contained SVG text, as {@linkcode toSvg} returns it. */
  readonly svg: string;
}

/**
 * A figure as SVG text; as a cell's last expression it shows itself in a notebook, and with
 * {@linkcode show} anywhere in a cell.
 *
 * @example From SVG text
 * ```ts
 * import assert from "node:assert/strict";
 * import { Figure } from "neuromfa/figures";
 *
 * const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>';
 * const figure = new Figure({ name: "empty", caption: "Nothing at all.", svg });
 * assert.deepEqual([figure.width, figure.height], [30, 20]);
 * ```
 */
export class Figure implements FigureParts {
  /** File name without extension. */
  readonly name: string;
  /** What is to be seen, in a sentence or two. */
  readonly caption: string;
  /** Self-contained SVG text. */
  readonly svg: string;
  /** Width in CSS pixels. */
  readonly width: number;
  /** Height in CSS pixels. */
  readonly height: number;

  /** Takes finished SVG text, which states its size, under a name that can be a file's; {@linkcode drawFigure} makes it. */
  constructor({ name, caption, svg }: FigureParts) {
    if (!/^[a-z0-9][a-z0-9_-]*$/.test(name)) {
      throw new RangeError(
        `A figure's name becomes a file name: use lower-case letters, digits, _ and -, not "${name}"`,
      );
    }
    const root = svg.match(/<svg\b[^>]*>/)?.[0] ?? "";
    this.name = name;
    this.caption = caption;
    this.svg = svg;
    this.width = Number(root.match(/\swidth="([^"]+)"/)?.[1]);
    this.height = Number(root.match(/\sheight="([^"]+)"/)?.[1]);
    if (!(this.width > 0 && this.height > 0)) {
      throw new RangeError(
        `Figure "${name}" must state its width and height in pixels on its <svg>`,
      );
    }
    Object.freeze(this);
  }

  /** The title, as it is drawn or would be. */
  get title(): string {
    return figureWords(this.svg).title;
  }

  /** The figure as PNG bytes, twice its size in pixels unless told otherwise. */
  png(size?: PngSize): Promise<Uint8Array<ArrayBuffer>> {
    return toPng(this.svg, size);
  }

  /** What a notebook shows of a cell's last expression: a PNG, less sharp than {@linkcode show}'s, and the caption. */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, string>> {
    // No SVG: nbconvert prefers it and then blanks it, and a notebook that is not trusted shows none. The kernel
    // passes on no width, so that a PNG of more pixels would be shown too large.
    return {
      "image/png": (await this.png({ scale: 1 })).toBase64(),
      "text/plain": `Figure ${this.name}: ${this.caption}`,
    };
  }
}

/** What a figure of one model says of it. */
export interface ModelFigureOptions {
  /** The model's name, for the title. */
  readonly model: string;
  /** How the table was made, for the caption, as {@linkcode describeRecord} tells it. */
  readonly made?: string;
}

/** Observable Plot's options for one plot. */
export type Panel = Plot.PlotOptions;

/** What a figure shows and says. */
export interface DrawFigureOptions {
  /** File name without extension; see {@linkcode Figure}. */
  readonly name: string;
  /** Title, drawn above in bold: the finding, or what is plotted. */
  readonly title: string;
  /** Caption, drawn below: what is to be seen, units, evidence. */
  readonly caption: string;
  /** One plot or several, without title, subtitle, caption and legend. */
  readonly panels: readonly Panel[];
  /** Panels a row; default 1, all of them one above the other. */
  readonly columns?: number;
}

const TITLE_SIZE = 14;
const CAPTION_SIZE = 11;
const PAD = 12;
const GAP = 6;

/**
 * Draws plots as one figure that can be read alone: title above, panels, caption below.
 *
 * @throws {TypeError} If a panel asks for a title, caption or legend, which Plot would draw in HTML.
 * @throws {RangeError} If there is no panel, or `columns` is not a positive integer.
 *
 * @example A line
 * ```ts
 * import assert from "node:assert/strict";
 * import * as Plot from "@observablehq/plot";
 * import { drawFigure } from "neuromfa/figures";
 *
 * const figure = drawFigure({
 *   name: "squares",
 *   title: "Squares grow faster than their roots",
 *   caption: "The first four squares.",
 *   panels: [{ marks: [Plot.lineY([0, 1, 4, 9])] }],
 * });
 * assert.match(figure.svg, /Squares grow/);
 * ```
 */
export function drawFigure(options: DrawFigureOptions): Figure {
  const { name, title, caption, panels, columns = 1 } = options;
  if (panels.length === 0) {
    throw new RangeError(`Figure "${name}" has no panel: give at least one plot`);
  }
  if (!(Number.isInteger(columns) && columns > 0)) {
    throw new RangeError(
      `Figure "${name}": columns must be a positive integer, but it is ${columns}`,
    );
  }
  const drawn = panels.map((panel) => drawPanel(panel, name));
  const { width, height, places } = layOut(drawn, columns);

  const style = figureStyle();
  const above = style.title ? wrapText(title, (width - 2 * PAD) / 1.1, TITLE_SIZE) : []; // bold letters are wider
  const below = style.caption ? wrapText(caption, width - 2 * PAD, CAPTION_SIZE) : [];
  const top = above.length === 0 ? 0 : PAD + lineHeight(TITLE_SIZE) * above.length + GAP;
  const bottom = below.length === 0 ? 0 : GAP + lineHeight(CAPTION_SIZE) * below.length + PAD;
  drawn.forEach((panel, i) => {
    panel.setAttribute("x", `${places[i]!.x}`);
    panel.setAttribute("y", `${top + places[i]!.y}`);
  });
  const total = top + height + bottom;
  const root = svgElement(
    "svg",
    {
      ...printedSize(width, total),
      ...{ viewBox: `0 0 ${width} ${total}`, role: "img", "aria-label": title },
    },
    describe(caption),
    textLines(above, PAD, TITLE_SIZE, { "font-weight": "bold" }),
    ...drawn,
    textLines(below, top + height + GAP, CAPTION_SIZE, { fill: "#444" }),
  );
  return new Figure({ name, caption, svg: toSvg(root, name) });
}

/** The size of a figure, laid out so large, where it is shown. */
function printedSize(width: number, height: number): { width: number; height: number } {
  const printed = figureStyle().width;
  if (printed === null) return { width, height };
  return { width: printed, height: Number((height * printed / width).toFixed(2)) };
}

/** One plot as a bare `<svg>`. */
function drawPanel(panel: Panel, name: string): DrawnElement {
  // What Plot's types call a document is a page's, which is more than is needed.
  const document = drawingDocument() as never;
  const drawn = Plot.plot({ ...panel, document }) as unknown as DrawnElement;
  if (drawn.tagName !== "svg") {
    throw new TypeError(
      `Figure "${name}": a panel must not have a title, subtitle, caption or legend of its own, ` +
        "which Plot draws in HTML; give the figure a title and caption and label the marks directly",
    );
  }
  if (isNarrow()) raiseSmallTexts(drawn);
  if (figureStyle().width !== null) dashLines(drawn);
  return drawn;
}

/** Tells lines apart by their dashes too, for print in grey; those that have dashes keep them. */
function dashLines(drawn: DrawnElement): void {
  const selector = '[aria-label="line"], [aria-label="line"] path';
  for (const element of drawn.querySelectorAll(selector)) {
    const dashes = PRINT_DASHES.get(element.getAttribute("stroke") ?? "");
    if (dashes === undefined || element.getAttribute("stroke-dasharray") !== null) continue;
    element.setAttribute("stroke-dasharray", dashes);
  }
}

/** Makes no text smaller than what can be read in print. */
function raiseSmallTexts(drawn: DrawnElement): void {
  for (const element of drawn.querySelectorAll("[font-size]")) {
    if (Number.parseFloat(element.getAttribute("font-size")!) >= SMALLEST_TEXT) continue;
    element.setAttribute("font-size", `${SMALLEST_TEXT}`);
  }
}

/** Places panels row by row, each row as high as its highest panel. */
function layOut(panels: readonly DrawnElement[], columns: number) {
  const places: { x: number; y: number }[] = [];
  let [x, y, width, rowHeight] = [0, 0, 0, 0];
  panels.forEach((panel, i) => {
    if (i > 0 && i % columns === 0) [x, y, rowHeight] = [0, y + rowHeight, 0];
    places.push({ x, y });
    x += Number(panel.getAttribute("width"));
    width = Math.max(width, x);
    rowHeight = Math.max(rowHeight, Number(panel.getAttribute("height")));
  });
  return { places, width, height: y + rowHeight };
}

/** The caption whole, for screen readers and for pages that show the figure: as drawn it is cut into lines. */
function describe(caption: string): DrawnElement {
  const element = svgElement("desc", {});
  element.textContent = caption;
  return element;
}

/** Height of a line of text, in pixels. */
function lineHeight(size: number): number {
  return Math.round(size * 1.4);
}

/** Lines of text from `top` downwards, from the left edge. */
function textLines(
  lines: readonly string[],
  top: number,
  size: number,
  attributes: Readonly<Record<string, string>>,
): DrawnElement {
  const texts = lines.map((line, i) => {
    const text = svgElement("text", { x: PAD, y: top + lineHeight(size) * i + size });
    text.textContent = line;
    return text;
  });
  return svgElement("g", { "font-size": size, ...attributes }, ...texts);
}

/** Mean advance of a letter of DejaVu Sans, in units of the font size, on the wide side. */
const ADVANCE = 0.55;

/** Breaks text between words so that no line is wider than `width` pixels; a longer word keeps a line to itself. */
export function wrapText(text: string, width: number, size: number): string[] {
  const most = Math.floor(width / (ADVANCE * size));
  const lines: string[] = [];
  // A number stays with its percent sign.
  for (const word of text.split(/\s+(?!%)/).filter((word) => word !== "")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
