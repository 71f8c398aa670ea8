/** How figures look where they are printed: the one object that all figures are drawn by. */

import { shown } from "../messages/shown.ts";
import { LEAST_WIDTH, MOST_WIDTH, widthOf } from "../options/figure_width.ts";
import type { SomeOptions } from "../options/options.ts";

/** How figures look. */
export interface FigureStyle {
  /** Printed width in CSS pixels, 96 an inch; `null` on a screen, where a figure is 640 wide or as wide as it needs. */
  readonly width: number | null;
  /** Whether the title is drawn above. */
  readonly title: boolean;
  /** Whether the caption is drawn below. */
  readonly caption: boolean;
  /** DejaVu Sans or DejaVu Serif. */
  readonly font: "sans" | "serif";
}

/** How figures look on a screen and in the results of notebooks. */
export const SCREEN_STYLE: FigureStyle = {
  ...{ width: null, title: true, caption: true, font: "sans" },
};

/** Width of a figure on a screen, in pixels. */
const SCREEN_WIDTH = 640;
/** The smallest text of a layout, in pixels, and how large it is printed at least, in points. */
export const SMALLEST_TEXT = 10;
const SMALLEST_PRINT = 6;
/** Points of a pixel: 72 and 96 are an inch. */
export const POINTS = 72 / 96;

let current = SCREEN_STYLE;

/** The style that figures are drawn in at this moment. */
export function figureStyle(): FigureStyle {
  return current;
}

/** How figures look and are kept, as the command and functions that draw take it. */
export type FigureOptions = SomeOptions<"figureWidth" | "noTitle" | "noCaption" | "font" | "pdf">;

/**
 * The style that options ask for.
 *
 * @throws {RangeError} If the width is none, or out of bounds.
 */
export function styleOf(
  { figureWidth, noTitle = false, noCaption = false, font = "sans" }: FigureOptions,
): FigureStyle {
  const width = figureWidth === undefined ? null : widthOf(figureWidth);
  if (figureWidth !== undefined && width === null) {
    throw new RangeError(
      `figureWidth must be a width in in, cm, mm, pt or px, from ${LEAST_WIDTH}in to ${MOST_WIDTH}in, but it is ${
        shown(figureWidth)
      }`,
    );
  }
  return { width, title: !noTitle, caption: !noCaption, font };
}

/**
 * Draw figures in a style.
 *
 * @param draw What draws them, at once: a figure is drawn when its function is called.
 *
 * @example A figure for a column of a paper
 * ```ts
 * import assert from "node:assert/strict";
 * import * as Plot from "@observablehq/plot";
 * import { drawFigure, SCREEN_STYLE, withFigureStyle } from "neuromfa/figures";
 *
 * const style = { ...SCREEN_STYLE, width: 3.25 * 96, caption: false };
 * const figure = withFigureStyle(style, () => drawFigure({
 *   ...{ name: "squares", title: "Squares", caption: "The first four." },
 *   panels: [{ marks: [Plot.lineY([0, 1, 4, 9])] }],
 * }));
 * assert.equal(figure.width, 312);
 * ```
 */
export function withFigureStyle<T>(style: FigureStyle, draw: () => T): T {
  const before = current;
  current = style;
  try {
    return draw();
  } finally {
    current = before;
  }
}

/** Width of a figure as it is laid out, in pixels: narrow enough for its smallest text to be 6 points in print. */
export function layoutWidth(): number {
  const { width } = current;
  if (width === null) return SCREEN_WIDTH;
  return Math.min(SCREEN_WIDTH, Math.floor(width * POINTS * SMALLEST_TEXT / SMALLEST_PRINT));
}

/** Whether figures are laid out narrower than on a screen. */
export function isNarrow(): boolean {
  return layoutWidth() < SCREEN_WIDTH;
}
