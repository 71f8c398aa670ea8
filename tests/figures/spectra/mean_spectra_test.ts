import assert from "node:assert/strict";
import {
  averageSpectra,
  spectrumDomains,
  spectrumMarks,
} from "../../../lib/figures/spectra/mean_spectra.ts";
import { spectrumRows } from "../tables.ts";
import * as Plot from "@observablehq/plot";
import { drawFigure } from "../../../lib/figures/render/draw_figure.ts";
import type { SpectraRow } from "../../../lib/multifractal/spectra_tables.ts";

const rows = [
  ...spectrumRows(0, 0, 0.25),
  ...spectrumRows(0, 1, 0.75),
  ...spectrumRows(8, 0, 1),
];

Deno.test("averageSpectra() takes the mean over the samples of each step, order by order", () => {
  const [first, second] = averageSpectra(rows, [0, 8]);
  assert.deepEqual(first!.points.map(({ q, tau }) => [q, tau]), [[-1, -1.5], [0, 0], [1, 0.5]]);
  assert.deepEqual(first!.points.map(({ alpha }) => alpha), [1.5, 0.5, null]);
  assert.deepEqual(first!.points.map(({ fAlpha }) => fAlpha), [0, 0, null]);
  assert.deepEqual([first!.samples, second!.samples], [2, 1]);
  assert.equal(second!.points[0]!.tau, -2);
});

Deno.test("averageSpectra() averages r squared, and has none at q = 0 where tau is 0 by definition", () => {
  const [left, zero, right] = averageSpectra(rows, [0])[0]!.points.map(({ rSquared }) => rSquared);
  assert.deepEqual([left, zero, right].map((value) => value?.toFixed(6)), [
    "0.810000",
    undefined,
    "0.810000",
  ]);
  assert.equal(zero, null);
});

Deno.test("averageSpectra() refuses no step and a step without a spectrum, naming those that have one", () => {
  assert.throws(() => averageSpectra(rows, []), /no step to draw; the table has the steps 0, 8$/);
  assert.throws(
    () => averageSpectra(rows, [0, 4]),
    /step 4 has no spectrum in the table; steps: 0, 8$/,
  );
});

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
