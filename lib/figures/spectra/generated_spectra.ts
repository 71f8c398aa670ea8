/** Spectra of generated networks beside those they are known to have. */

import * as Plot from "@observablehq/plot";
import { cantorAlpha0, cantorMassExponent } from "../../multifractal/cantor_mass_exponent.ts";
import { generatedMassExponent } from "../../multifractal/generated_mass_exponent.ts";
import type { MeasuredSpectrum } from "../../multifractal/multifractal_spectrum.ts";
import { type Spectrum, spectrum } from "../../multifractal/legendre_spectrum.ts";
import type { CantorNetworkOptions } from "../../networks/cantor_network.ts";
import type { GeneratedNetworkOptions } from "../../networks/generated_network.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { ALPHA_AXIS, categoryColor, extent, frame, SPECTRUM_AXIS } from "../style.ts";

/** Height of a network's row in pixels. */
const ROW = 34;

/** A network made to order and what was measured of it; without what it was made of, no spectrum is known. */
export interface GeneratedSpectrum {
  /** Written beside its bar. */
  readonly name: string;
  /** What the network was made of, where {@linkcode generatedNetwork} made it. */
  readonly generated?: GeneratedNetworkOptions;
  /** What the network was made of, where {@linkcode cantorNetwork} made it. */
  readonly cantor?: CantorNetworkOptions;
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
  const drawn = networks.map((network, i) => ({
    ...{ name: network.name, color: categoryColor(i) },
    measured: curveOf(network.measured, network.measured.alpha0),
    // None or one.
    known: knownSpectra(network),
  }));
  const [low, high] = extent(
    drawn.flatMap(({ measured, known }) => [measured, ...known]).flatMap(({ ends }) => ends),
  );
  const pad = 0.04 * (high - low);
  const domain = [low - pad, high + pad];
  const margins = { marginLeft: 56, marginRight: 190 };
  const dashed = { stroke: "black", strokeWidth: 1.2, strokeDasharray: "4,3" };
  const hollow = { stroke: "black", fill: "white", r: 4 };
  return drawFigure({
    name: "generated_spectra",
    title,
    caption: captionOf(networks),
    panels: [{
      ...frame({ ...margins, height: 300, marginBottom: 26 }),
      x: { domain, label: null, grid: true },
      y: SPECTRUM_AXIS,
      marks: drawn.flatMap(({ measured, known, color }) => [
        Plot.line(measured.curve, { x: "alpha", y: "f", stroke: color, strokeWidth: 2 }),
        ...known.flatMap(({ curve, alpha0 }) => [
          Plot.line(curve, { x: "alpha", y: "f", ...dashed }),
          Plot.dot([alpha0], { x: alpha0, y: 0, ...hollow }),
        ]),
        Plot.dot([measured.alpha0], { x: measured.alpha0, y: 0, fill: color, r: 2.5 }),
      ]),
    }, {
      ...frame({ ...margins, height: ROW * drawn.length + 52, marginTop: 8 }),
      x: { domain, ...ALPHA_AXIS },
      y: { domain: [drawn.length - 0.5, -0.5], axis: null },
      marks: drawn.flatMap(({ name, measured, known, color }, y) => {
        const [least, most] = measured.ends;
        const words = `α₀ ${measured.alpha0.toFixed(2)}, width ${(most - least).toFixed(2)}`;
        return [
          bar(measured.ends, y - 0.1, { stroke: color, strokeWidth: 3, strokeDasharray: "none" }),
          ...known.flatMap(({ ends, alpha0 }) => [
            bar(ends, y + 0.12, dashed),
            Plot.dot([alpha0], { x: alpha0, y: y + 0.12, ...hollow }),
          ]),
          Plot.dot([measured.alpha0], { x: measured.alpha0, y: y - 0.1, fill: color, r: 5 }),
          label(name, y, { dy: -7, fill: color, fontWeight: "bold" }),
          label(words, y, { dy: 8, fill: "#444", fontWeight: "normal" }),
        ];
      }),
    }],
  });
}

/** The spectrum that a network is known to have, or none. */
function knownSpectra({ generated, cantor, measured: { q } }: GeneratedSpectrum) {
  if (generated) {
    return [curveOf(spectrum(q, generatedMassExponent(generated, q)), meanDimension(generated))];
  }
  return cantor ? [curveOf(spectrum(q, cantorMassExponent(cantor, q)), cantorAlpha0(cantor))] : [];
}

/** What the networks are, and what is drawn of them. */
function captionOf(networks: readonly GeneratedSpectrum[]): string {
  const known = networks.some(({ generated, cantor }) => generated ?? cantor);
  const lines = known
    ? "solid and filled measured, dashed and hollow known."
    : "solid and filled measured.";
  const bars = "Bars: from the smallest to the largest α; dot: α₀.";
  if (networks.every(({ generated }) => generated)) {
    return `Networks generated from neurons whose masses grow as r^D, so that the spectrum is known: ${lines} ${bars} ` +
      "The known ones are those of the same radii and orders with edges without number.";
  }
  return `Networks made to order: ${lines} ${bars}${
    known ? " The known ones are those of the same orders with divisions without number." : ""
  }`;
}

function bar([x1, x2]: readonly [number, number], y: number, look: Plot.RuleYOptions) {
  return Plot.ruleY([y], { x1, x2, ...look });
}

function label(text: string, y: number, look: Plot.TextOptions) {
  return Plot.text([text], { y, frameAnchor: "right", textAnchor: "start", dx: 10, ...look });
}

function curveOf({ alpha, fAlpha }: Pick<Spectrum, "alpha" | "fAlpha">, alpha0: number) {
  const curve = Array.from(alpha, (value, i) => ({ alpha: value, f: fAlpha[i]! }));
  return { curve, ends: extent([...alpha]), alpha0 };
}

/** alpha_0 of a generated network. */
function meanDimension({ kinds }: GeneratedNetworkOptions): number {
  const neurons = kinds.reduce((sum, kind) => sum + kind.neurons, 0);
  return kinds.reduce((sum, kind) => sum + kind.dimension * kind.neurons / neurons, 0);
}
