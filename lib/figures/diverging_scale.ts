/** Colours for numbers above and below a middle, in classes. */
// @ts-types="@types/d3-scale-chromatic"
import { interpolateRdBu } from "d3-scale-chromatic";
import { signed } from "./signed.ts";

/** A scale of eight classes, four on each side of 0: red below, blue above, which colour-blind readers tell apart. */
export interface DivergingScale {
  /** The colours, for ascending values. */
  readonly colors: readonly string[];
  /** The bounds between them, in words. */
  readonly bounds: readonly string[];
  /** The colour of a value; grey for NaN. */
  readonly color: (value: number) => string;
  /** A colour for text on a value's colour. */
  readonly textColor: (value: number) => string;
}

const side = 4;
/** The colour of what has no number. */
export const missingColor = "#ddd";

/** The scale that holds all values; NaN is left out. */
export function divergingScale(values: readonly number[]): DivergingScale {
  const most = Math.max(...values.filter((value) => !Number.isNaN(value)).map(Math.abs), 1e-9);
  const step = roundStep(most / side);
  const colors = Array.from(
    { length: 2 * side },
    (_, i) => interpolateRdBu(0.5 + (i + 0.5 - side) / side * 0.44),
  );
  const place = (value: number) =>
    Math.max(0, Math.min(2 * side - 1, side + Math.floor(value / step)));
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  return {
    colors,
    bounds: Array.from(
      { length: 2 * side - 1 },
      (_, i) => signed(((i + 1 - side) * step).toFixed(digits)),
    ),
    color: (value) => Number.isNaN(value) ? missingColor : colors[place(value)]!,
    textColor: (value) => Math.abs(value) >= (side - 1) * step ? "white" : "black",
  };
}

/** The least of a few numbers of one digit that is not smaller. */
function roundStep(size: number): number {
  const power = Math.floor(Math.log10(size) + 1e-9);
  const digit = [1, 2, 3, 4, 5, 8, 10].find((one) => size / 10 ** power <= one + 1e-9)!;
  // A quotient of integers is the double nearest to the decimal.
  return power < 0 ? digit / 10 ** -power : digit * 10 ** power;
}
