/** The font of figures. */

/** CSS font family of every figure. */
export const FONT_FAMILY: string = "DejaVu Sans, sans-serif";

/** CSS font family of figures in a serif font. */
export const SERIF_FAMILY: string = "DejaVu Serif, serif";

/** Family that the font files call themselves. */
export const BUNDLED_FAMILY: string = "DejaVu Sans";
