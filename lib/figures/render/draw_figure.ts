/** From Observable Plot's options to a finished figure with its title and caption drawn in. */

// Deferred like jsdom: a run that draws nothing need not load Plot.
import * as Plot from "@observablehq/plot";
import { drawingDocument, type DrawnElement, svgElement } from "./document.ts";
import { Figure } from "./figure.ts";
import { toSvg } from "./to_svg.ts";

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

  const above = wrapText(title, (width - 2 * PAD) / 1.1, TITLE_SIZE); // bold letters are wider
  const below = wrapText(caption, width - 2 * PAD, CAPTION_SIZE);
  const top = PAD + lineHeight(TITLE_SIZE) * above.length + GAP;
  const bottom = below.length === 0 ? 0 : GAP + lineHeight(CAPTION_SIZE) * below.length + PAD;
  drawn.forEach((panel, i) => {
    panel.setAttribute("x", `${places[i]!.x}`);
    panel.setAttribute("y", `${top + places[i]!.y}`);
  });
  const total = top + height + bottom;
  const root = svgElement(
    "svg",
    { width, height: total, viewBox: `0 0 ${width} ${total}`, role: "img", "aria-label": title },
    describe(caption),
    textLines(above, PAD, TITLE_SIZE, { "font-weight": "bold" }),
    ...drawn,
    textLines(below, top + height + GAP, CAPTION_SIZE, { fill: "#444" }),
  );
  return new Figure({ name, caption, svg: toSvg(root, name) });
}

/** One plot as a bare `<svg>`. */
function drawPanel(panel: Panel, name: string): DrawnElement {
  const drawn = Plot.plot({ ...panel, document: drawingDocument() }) as unknown as DrawnElement;
  if (drawn.tagName !== "svg") {
    throw new TypeError(
      `Figure "${name}": a panel must not have a title, subtitle, caption or legend of its own, ` +
        "which Plot draws in HTML; give the figure a title and caption and label the marks directly",
    );
  }
  return drawn;
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

/** The words and the size in a figure's SVG text. */
export interface FigureWords {
  /** Its title; empty where it states none. */
  readonly title: string;
  /** Its caption, whole; empty where it states none. */
  readonly caption: string;
  /** Width in CSS pixels; `null` where it states none. */
  readonly width: number | null;
  /** Height in CSS pixels; `null` where it states none. */
  readonly height: number | null;
}

/** Reads title, caption and size from SVG text that {@linkcode drawFigure} made. */
export function figureWords(svg: string): FigureWords {
  const root = svg.match(/<svg\b[^>]*>/)?.[0] ?? "";
  const size = (name: string) =>
    Number(root.match(new RegExp(`\\s${name}="([\\d.]+)"`))?.[1]) || null;
  return {
    title: plainText(root.match(/\saria-label="([^"]*)"/)?.[1] ?? ""),
    caption: plainText(svg.match(/<desc>([^<]*)<\/desc>/)?.[1] ?? ""),
    width: size("width"),
    height: size("height"),
  };
}

const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Text of XML with the references that its serializer writes replaced by what they stand for. */
function plainText(xml: string): string {
  return xml.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => characters[name]!);
}

/** Mean advance of a letter of DejaVu Sans, in units of the font size, on the wide side. */
const ADVANCE = 0.55;

/**
 * Breaks text between words so that no line is wider than `width`; a longer word keeps a line to itself.
 *
 * @param text The text; runs of white space count as one space.
 * @param width Width in pixels.
 * @param size Font size in pixels.
 */
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
