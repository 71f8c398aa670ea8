/** What a figure says, for tests. */

import type { Figure } from "../../lib/figures/render/draw_figure.ts";

/** Every text drawn in a figure, in the order of the SVG. */
export function drawnTexts({ svg }: Figure): string[] {
  return [...svg.matchAll(/<text\b[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);
}
