/** Colours and sizes that all figures share. */
// @ts-types="@types/d3-scale-chromatic"
import { interpolatePlasma } from "d3-scale-chromatic";

/** Width of a panel in pixels. */
const panelWidth = 640;

/** Categorical colours that colour-blind readers can tell apart (Okabe and Ito, 2008), without its yellow, too light for lines. */
export const categoryColors: readonly string[] = [
  ...["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"],
];

/** The colour of what a figure is about, where nothing else is coloured. */
export const mainColor = "#0072B2";

/** The colour of E where scores beside it have the categorical colours, of which it is the last. */
export const emergenceColor = "#000000";

/** The colour of the i-th score beside E, whose own is none of them. */
export function scoreColor(i: number): string {
  return categoryColors[i % (categoryColors.length - 1)]!;
}

/** Dashes of the i-th score's line, where its colour is that of an earlier one; `undefined` for the first of each colour. */
export function scoreDash(i: number): string | undefined {
  return i < categoryColors.length - 1 ? undefined : "5,3";
}

/** The colour of the full network, which samples estimate. */
export const fullNetworkColor = "#000000";

/** Sequential colours for training steps, dark for the first, none too light to read. */
export function stepColors(count: number): string[] {
  return Array.from(
    { length: count },
    (_, i) => interpolatePlasma(count < 2 ? 0 : 0.75 * i / (count - 1)),
  );
}

/** Right margin that holds {@linkcode stepKey}: `step 143,000` in bold. */
export const stepKeyMargin = 106;

/** Options that every panel starts from. */
export const panel = {
  width: panelWidth,
  marginLeft: 56,
  marginBottom: 44,
  marginTop: 28,
  style: { fontSize: "12px" },
} as const;
