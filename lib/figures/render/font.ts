/** The font of figures. */

/** CSS font family of every figure. */
export const FONT_FAMILY: string = "DejaVu Sans, sans-serif";

/** Family that the font files call themselves. */
export const BUNDLED_FAMILY: string = "DejaVu Sans";
