/** What a notebook shows for a value: one thing in several formats. */

import { createHash } from "node:crypto";
import type { DrawnElement } from "../figures/render/drawn_element.ts";
import type { Figure } from "../figures/render/draw_figure.ts";
import { htmlTable, isTable, textTable } from "../tables/shown_table.ts";

/** One thing to show, by MIME type, and what is known of the formats. */
export interface DisplayBundle {
  /** The thing in each format; pictures that are not text are base64. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Metadata by MIME type, e.g. a picture's width in CSS pixels. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

const display = Symbol.for("Jupyter.display");

/**
 * The bundle that shows a value: a figure or bare `<svg>` as PNG, an array of plain objects as a
 * table, anything with `[Symbol.for("Jupyter.display")]` as it says, text as it stands, and the rest as
 * Deno prints it.
 *
 * @throws {TypeError} If the value is an HTML `<figure>`, or displays itself as something other than an object.
 */
export async function displayBundle(value: unknown): Promise<DisplayBundle> {
  if (isElement(value)) return await figureBundle(await elementFigure(value));
  if (isFigure(value)) return await figureBundle(value);
  if (displaysItself(value)) {
    const data = await value[display]!();
    if (typeof data !== "object" || data === null) {
      throw new TypeError(
        `A value's [Symbol.for("Jupyter.display")]() must return formats by MIME type, not ${data}`,
      );
    }
    return { data: withoutBlank(data as Record<string, unknown>), metadata: {} };
  }
  if (isTable(value)) {
    const data = { "text/html": htmlTable(value), "text/plain": textTable(value) };
    return { data, metadata: {} };
  }
  // As Deno prints it, without colours.
  const text = typeof value === "string" ? value : Deno.inspect(value, { colors: false });
  return { data: { "text/plain": text }, metadata: {} };
}

/** A figure as a PNG of twice its pixels, sharp on a dense screen, with its width in the metadata. */
async function figureBundle(figure: Figure): Promise<DisplayBundle> {
  const { name, caption, width, height } = figure;
  const png = (await figure.png()).toBase64();
  return {
    data: { "image/png": png, "text/plain": `Figure ${name}: ${caption}` },
    metadata: { "image/png": { width, height } },
  };
}

/** Formats without SVG where there is PNG: nbconvert would prefer the SVG, and show a blank. */
function withoutBlank(data: Record<string, unknown>): Record<string, unknown> {
  if (!("image/png" in data)) return data;
  const { "image/svg+xml": _, ...others } = data;
  return others;
}

/** A figure of an element drawn with Plot; it is named after its content, so that ids on a page don't meet. */
async function elementFigure(element: DrawnElement): Promise<Figure> {
  const { Figure } = await import("../figures/render/draw_figure.ts");
  const { toSvg } = await import("../figures/render/to_svg.ts");
  const digest = createHash("sha256").update(toSvg(element, "plot")).digest("hex").slice(0, 8);
  const name = `plot-${digest}`;
  return new Figure({ name, caption: "a plot without a caption", svg: toSvg(element, name) });
}

/** Whether a value is a figure; asking its class would load what draws them for every text that is shown. */
function isFigure(value: unknown): value is Figure {
  return typeof value === "object" && value !== null && "svg" in value && "caption" in value &&
    "png" in value && typeof value.png === "function";
}

function isElement(value: unknown): value is DrawnElement {
  return typeof value === "object" && value !== null && "tagName" in value && "outerHTML" in value;
}

function displaysItself(value: unknown): value is Record<symbol, () => unknown> {
  return typeof value === "object" && value !== null && display in value;
}
