/** Every figure of the toolkit, drawn once from small fixed data. */

import type { Figure } from "neuromfa/figures";
import { emergenceFigures } from "./gallery/emergence_figures.ts";
import { networkFigures } from "./gallery/network_figures.ts";
import { scoreFigures } from "./gallery/score_figures.ts";
import { spectrumFigures } from "./gallery/spectrum_figures.ts";

/** How each is drawn, by the name of its function: in the order in which an analysis comes to them. */
export const figureGallery: ReadonlyMap<string, () => Figure> = new Map(
  [networkFigures, spectrumFigures, emergenceFigures, scoreFigures].flatMap((figures) =>
    Object.entries(figures)
  ),
);

/** The name of a figure's snapshot, from that of its function: `massExponentFigure` is `mass_exponent`. */
export function snapshotName(functionName: string): string {
  return functionName.replace(/Figure$/, "").replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`);
}
