import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { averageSpectra } from "../../../lib/figures/spectra/average_spectra.ts";
import { drawFigure } from "../../../lib/figures/render/draw_figure.ts";
import { spectrumDomains, spectrumMarks } from "../../../lib/figures/spectra/spectrum_marks.ts";
import type { SpectraRow } from "../../../lib/multifractal/spectra_tables.ts";
import { spectrumRows } from "../tables.ts";

/** A parabola's spectrum around alpha_0. */
function spectrum(sample: number, alpha0: number): SpectraRow[] {
  return [-2, -1, 0, 1, 2].map((q) => ({
    ...{ step: 0, sample, q, tau: q * alpha0 - q * q / 8, rValue: 1, pValue: 0, stderr: 0 },
    ...{ alpha: alpha0 - q / 4, fAlpha: -q * q / 8 },
  }));
}

/** The fills' outlines, in pixels of the plot. */
function bands(rows: readonly SpectraRow[]): number[][] {
  const [curve] = averageSpectra(rows, [0]);
  const marks = spectrumMarks(curve!, rows, "#123456");
  const x = { domain: [0, 2], range: [0, 200] };
  const { svg } = drawFigure({
    ...{ name: "bands", title: "Bands", caption: "" },
    panels: [{ x, marks: [...marks, Plot.frame()] }],
  });
  return [...svg.matchAll(/<g[^>]*aria-label="area"[^>]*><path d="M([^"]+)"/g)]
    .map(([, path]) => path!.split(/[LZ]/).filter(Boolean).map((place) => parseFloat(place)));
}

Deno.test("spectrumMarks() draws a band to either side of the peak, from the least to the largest alpha", () => {
  const drawn = bands([...spectrum(0, 0.9), ...spectrum(1, 1), ...spectrum(2, 1.2)]);
  assert.equal(drawn.length, 2);
  // 100 pixels a unit of alpha: at q from 0 to 2 alpha goes from 0.9 to 0.4, and from 1.2 to 0.7.
  const near = (found: readonly number[], expected: readonly number[]) => {
    const sorted = found.toSorted((a, b) => a - b);
    assert.deepEqual(sorted.map(Math.round), expected);
  };
  near(drawn[0]!, [40, 65, 70, 90, 95, 120]);
  near(drawn[1]!, [90, 115, 120, 140, 145, 170]);
});

Deno.test("spectrumMarks() draws a band without breadth for a single sample", () => {
  for (const band of bands(spectrum(0, 1))) assert.equal(new Set(band).size, 3);
});

Deno.test("spectrumDomains() hold all samples of the steps drawn, with a little room, and no other step", () => {
  // α is 1 ± the bend, f is 0 and −bend.
  const tables = [spectrumRows(0, 0, 0.25), [
    ...spectrumRows(8, 0, 0.5),
    ...spectrumRows(64, 0, 9),
  ]];
  const { x, y } = spectrumDomains(tables, [0, 8]);
  const rows = tables.flat().filter(({ step, alpha }) => step < 64 && alpha !== null);
  for (
    const [[from, to], values] of [
      [x, rows.map(({ alpha }) => alpha!)],
      [y, rows.map(({ fAlpha }) => fAlpha!)],
    ] as const
  ) {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    assert.deepEqual([from, to], [low - 0.03 * (high - low), high + 0.03 * (high - low)]);
  }
});
