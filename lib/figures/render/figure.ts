/** A finished figure: text that any browser draws, a PNG of it, and the words that go with it. */

import { type PngSize, toPng } from "./to_png.ts";

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

  /**
   * Takes finished SVG text; {@linkcode drawFigure} makes it from plots.
   *
   * @throws {RangeError} If the name cannot be a file name everywhere, or the SVG states no width and height.
   */
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

  /** The figure as PNG bytes, twice its size in pixels unless told otherwise. */
  png(size?: PngSize): Promise<Uint8Array<ArrayBuffer>> {
    return toPng(this.svg, size);
  }

  /**
   * What a notebook shows of a cell's last expression: a PNG and, as plain text, the caption. {@linkcode show} shows a
   * sharper one.
   */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, string>> {
    // No SVG: nbconvert prefers it and then blanks it, and a notebook that is not trusted shows none. The kernel
    // passes on no width, so that a PNG of more pixels would be shown too large.
    return {
      "image/png": (await this.png({ scale: 1 })).toBase64(),
      "text/plain": `Figure ${this.name}: ${this.caption}`,
    };
  }
}
