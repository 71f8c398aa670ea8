/** How large a PNG is drawn. */

/** How large a PNG is drawn: give at most one of the two. */
export interface PngSize {
  /** Pixels drawn for each unit of the SVG; default 2, sharp on a dense screen. */
  readonly scale?: number;
  /** Width in pixels instead of a scale. */
  readonly width?: number;
}

/** Most pixels of an image, which takes some 26 bytes for each while it is made: more would end the renderer by a trap. */
const MOST_PIXELS = 32e6;

/**
 * Pixels of a PNG for each unit of an SVG.
 *
 * @throws {RangeError} If the size is none, or the picture would be too large.
 */
export function pngScale(size: PngSize, width: number, height: number): number {
  checkPngSize(size);
  const scale = size.width === undefined ? size.scale ?? 2 : size.width / width;
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  if (across * down <= MOST_PIXELS) return scale;
  throw new RangeError(
    `A PNG of ${across} × ${down} pixels is too large, at most ${MOST_PIXELS / 1e6} million are ` +
      "drawn: choose a smaller scale, or draw less in one figure",
  );
}

/** Refuse a size that is none. */
export function checkPngSize(size: PngSize): void {
  if (size.scale !== undefined && size.width !== undefined) {
    throw new RangeError("A PNG takes a scale or a width, not both: leave one of them out");
  }
  const value = size.width ?? size.scale ?? 2;
  if (value > 0 && value < Infinity) return;
  throw new RangeError(`A PNG's scale or width must be a positive number, not ${value}`);
}
