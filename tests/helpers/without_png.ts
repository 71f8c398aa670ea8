/** Figures without their PNGs, each of which takes a second, for tests that look at the SVG. */

import { Figure } from "../../lib/figures/render/draw_figure.ts";

/** Run something in which a figure's PNG is empty; `onPng` is told the SVG of each. The figures of other test files are drawn. */
export async function withoutPng<T>(
  work: () => T,
  onPng: (svg: string) => void = () => {},
): Promise<Awaited<T>> {
  const { png } = Figure.prototype;
  Figure.prototype.png = function () {
    onPng(this.svg);
    return Promise.resolve(new Uint8Array());
  };
  try {
    return await work();
  } finally {
    Figure.prototype.png = png;
  }
}
