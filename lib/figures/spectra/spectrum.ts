/** The multifractal spectrum of one network. */

import * as Plot from "@observablehq/plot";
import type { MeasuredSpectrum } from "../../multifractal/multifractal_spectrum.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { ALPHA_AXIS, extent, frame, MAIN_COLOR, SPECTRUM_AXIS } from "../style.ts";

/** What the figure says. */
export interface SpectrumFigureOptions {
  /** Which network it is, for the title, such as `nano-64 at step 0`. */
  readonly of?: string;
  /** What was measured and how, for the caption. */
  readonly made?: string;
}

/**
 * Draw f(alpha) of a single network with the two numbers that are read off it: alpha_0, its regularity, and its
 * width, its heterogeneity (Xiao et al., ICLR 2025, arXiv 2402.09099).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sampleNetworks } from "neuromfa";
 * import { spectrumFigure } from "neuromfa/figures";
 * import { multifractalSpectrum } from "neuromfa/multifractal";
 * import { growBoxes } from "neuromfa/networks";
 *
 * const run = await openRun("suite:nano-64");
 * const [sample] = await Array.fromAsync(sampleNetworks(run, { samples: 1, steps: [0] }));
 * const spectrum = multifractalSpectrum(growBoxes(sample!.network));
 * assert(spectrum.status === "ok");
 * assert.match(spectrumFigure(spectrum).svg, /width 0\.263/);
 * ```
 */
export function spectrumFigure(
  spectrum: MeasuredSpectrum,
  { of = "one network", made = "" }: SpectrumFigureOptions = {},
): Figure {
  const { q, alpha, fAlpha, alpha0, width, rValue, selectedNodes, nodes, radii } = spectrum;
  const points = Array.from(alpha, (value, i) => ({ alpha: value, f: fAlpha[i]! }));
  const [least, most] = extent([...alpha]);
  const lowest = Math.min(...fAlpha, 0);
  // A bracket below the curve, at least visibly below where the curve is flat.
  const bracket = lowest - 0.12 * Math.max(-lowest, 0.05);
  // At q = 0 there is nothing to fit.
  const poorest = Math.min(...Array.from(rValue, (r, i) => q[i] === 0 ? 1 : r ** 2));
  const bold = { stroke: "white", strokeWidth: 4, fill: "#444", fontWeight: "bold" };
  return drawFigure({
    name: "spectrum",
    title: `The multifractal spectrum of ${of}`,
    caption: `f(α) by forward differences of τ(q), q from ${q[0]} to ${q[q.length - 1]}; ` +
      `${selectedNodes} of ${nodes} neurons have enough edges, ${radii} radii, every r² at least ` +
      `${poorest.toFixed(2)}. α₀: regularity, lower is more regular. Width: heterogeneity. ${made}`,
    panels: [{
      ...frame({ height: 320, x: { ...ALPHA_AXIS, inset: 24 } }),
      y: { ...SPECTRUM_AXIS, insetBottom: 20, insetTop: 20 },
      marks: [
        Plot.ruleX([alpha0], { stroke: "#888", strokeDasharray: "4,3" }),
        Plot.line(points, { x: "alpha", y: "f", stroke: MAIN_COLOR, strokeWidth: 2 }),
        Plot.dot(points, { x: "alpha", y: "f", fill: MAIN_COLOR, r: 2 }),
        Plot.text([`α₀ ${alpha0.toFixed(3)}`], { x: alpha0, frameAnchor: "top", dy: 2, ...bold }),
        Plot.link([0], {
          ...{ x1: least, x2: most, y1: bracket, y2: bracket, stroke: "#444" },
          ...{ markerStart: "tick", markerEnd: "tick" },
        }),
        Plot.text([`width ${width.toFixed(3)}`], {
          ...{ x: (least + most) / 2, y: bracket, dy: 14, ...bold },
        }),
      ],
    }],
  });
}
