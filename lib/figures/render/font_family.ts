/** The fonts of figures. */

/** Fonts of an SVG file: the one that PNG files are drawn with, or what is nearest. */
export const FONT_FAMILY: string = "DejaVu Sans, sans-serif";

/** The font that comes with the package. */
export const BUNDLED_FAMILY: string = "DejaVu Sans";
