/** Spectra of generated networks beside those they are known to have. */

import * as Plot from "@observablehq/plot";
import { generatedMassExponent } from "../../multifractal/generated_mass_exponent.ts";
import type { MeasuredSpectrum } from "../../multifractal/multifractal_spectrum.ts";
import { type Spectrum, spectrum } from "../../multifractal/legendre_spectrum.ts";
import type { GeneratedNetworkOptions } from "../../networks/generated_network.ts";
import { drawFigure } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { categoryColors, panel } from "../style.ts";

/** Height of a network's row in pixels. */
const ROW = 34;

/** A generated network and what was measured of it. */
export interface GeneratedSpectrum {
  /** Written beside its bar. */
  readonly name: string;
  /** What the network was made of. */
  readonly generated: GeneratedNetworkOptions;
  /** Its spectrum as measured. */
  readonly measured: MeasuredSpectrum;
}

/** What a figure of generated spectra is about. */
export interface GeneratedSpectraOptions {
  /** Title of the figure: what is varied and what follows. */
  readonly title: string;
}

/**
 * Draw measured spectra f(alpha) of generated networks with the known ones dashed, and below, for each, alpha_0 as a dot on a
 * bar from the smallest to the largest alpha, whose length is the width (Xiao et al., ICLR 2025, arXiv 2402.09099, draws the
 * idea).
 *
 * @param networks The networks, at least one.
 * @throws {RangeError} If there is no network.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { generatedSpectraFigure } from "neuromfa/figures";
 * import { multifractalSpectrum } from "neuromfa/multifractal";
 * import { generatedNetwork, growBoxes } from "neuromfa/networks";
 *
 * const generated = { kinds: [{ dimension: 0.8, neurons: 20 }, { dimension: 1.2, neurons: 20 }] };
 * const measured = multifractalSpectrum(growBoxes(generatedNetwork(generated)));
 * if (measured.status !== "ok") throw new Error(measured.reason);
 * const networks = [{ name: "two kinds", generated, measured }];
 * assert.match(generatedSpectraFigure(networks, { title: "Two kinds" }).svg, /two kinds/);
 * ```
 */
export function generatedSpectraFigure(
  networks: readonly GeneratedSpectrum[],
  { title }: GeneratedSpectraOptions,
): Figure {
  if (networks.length === 0) throw new RangeError("there is no network to draw; give at least one");
  const drawn = networks.map(({ name, generated, measured }, i) => {
    const known = spectrum(measured.q, generatedMassExponent(generated, measured.q));
    return {
      name,
      color: categoryColors[i % categoryColors.length]!,
      measured: { ...ends(measured), alpha0: measured.alpha0, curve: curve(measured) },
      known: { ...ends(known), alpha0: meanDimension(generated), curve: curve(known) },
    };
  });
  const all = drawn.flatMap(({ measured, known }) => [measured, known]);
  const [low, high] = [Math.min(...all.map((s) => s.low)), Math.max(...all.map((s) => s.high))];
  const pad = 0.04 * (high - low);
  const domain = [low - pad, high + pad];
  const margins = { marginLeft: 56, marginRight: 190 };
  return drawFigure({
    name: "generated_spectra",
    title,
    caption:
      "Networks generated from neurons whose masses grow as r^D, so that the spectrum is known: solid and filled " +
      "measured, dashed and hollow known. Bars: from the smallest to the largest α; dot: α₀. The known ones are those of " +
      "the same radii and orders with edges without number.",
    panels: [{
      ...panel,
      ...margins,
      height: 300,
      marginBottom: 26,
      x: { domain, label: null, grid: true },
      y: { label: "↑ multifractal spectrum f(α)", grid: true },
      marks: drawn.flatMap(({ measured, known, color }) => [
        Plot.line(measured.curve, { x: "alpha", y: "f", stroke: color, strokeWidth: 2 }),
        Plot.line(known.curve, {
          ...{ x: "alpha", y: "f", stroke: "black", strokeWidth: 1.2, strokeDasharray: "4,3" },
        }),
        Plot.dot([known], { x: "alpha0", y: 0, stroke: "black", fill: "white", r: 4 }),
        Plot.dot([measured], { x: "alpha0", y: 0, fill: color, r: 2.5 }),
      ]),
    }, {
      ...panel,
      ...margins,
      height: ROW * drawn.length + 52,
      marginTop: 8,
      x: { domain, label: "Lipschitz–Hölder exponent α →", labelAnchor: "center", grid: true },
      y: { domain: [drawn.length - 0.5, -0.5], axis: null },
      marks: drawn.flatMap(({ name, measured, known, color }, i) => [
        bar(measured, i - 0.1, color, 3, "none"),
        bar(known, i + 0.12, "black", 1.2, "4,3"),
        Plot.dot([known], { x: "alpha0", y: () => i + 0.12, stroke: "black", fill: "white", r: 4 }),
        Plot.dot([measured], { x: "alpha0", y: () => i - 0.1, fill: color, r: 5 }),
        label(name, i, -7, color, "bold"),
        label(
          `α₀ ${measured.alpha0.toFixed(2)}, width ${(measured.high - measured.low).toFixed(2)}`,
          i,
          8,
          "#444",
          "normal",
        ),
      ]),
    }],
  });
}

function bar(ends: Ends, y: number, stroke: string, strokeWidth: number, dashes: string) {
  return Plot.ruleY([ends], {
    ...{ y: () => y, x1: "low", x2: "high", stroke, strokeWidth, strokeDasharray: dashes },
  });
}

function label(text: string, y: number, dy: number, fill: string, fontWeight: string) {
  return Plot.text([text], {
    ...{ y: () => y, text: (line) => line, frameAnchor: "right", textAnchor: "start" } as const,
    ...{ dx: 10, dy, fill, fontWeight },
  });
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

function ends({ alpha }: Pick<Spectrum, "alpha">): Ends {
  return { low: Math.min(...alpha), high: Math.max(...alpha) };
}

function curve({ alpha, fAlpha }: Pick<Spectrum, "alpha" | "fAlpha">) {
  return Array.from(alpha, (value, i) => ({ alpha: value, f: fAlpha[i]! }));
}

/** alpha_0 of a generated network. */
function meanDimension({ kinds }: GeneratedNetworkOptions): number {
  const neurons = kinds.reduce((sum, kind) => sum + kind.neurons, 0);
  return kinds.reduce((sum, kind) => sum + kind.dimension * kind.neurons / neurons, 0);
}
