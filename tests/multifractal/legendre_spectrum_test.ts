import assert from "node:assert/strict";
import {
  filterPass,
  spectrum,
  spectrumAsymmetry,
} from "../../lib/multifractal/legendre_spectrum.ts";
import { readGolden } from "../golden/golden.ts";

interface GoldenSpectrum {
  name: string;
  tau: number[];
  q: number[];
  alpha: number[];
  f_alpha: number[];
  alpha_0: number;
  alpha_0_index: number;
  width: number;
  filter_pass: Record<string, boolean>;
}

const cases = readGolden<{ spectrum: GoldenSpectrum[] }>("unit_cases").spectrum;

Deno.test("spectrum() is the published code's for every recorded tau, ties included", () => {
  assert.equal(cases.length, 6);
  for (const { name, q, tau, ...expected } of cases) {
    const { alpha, fAlpha, width, maximum } = spectrum(q, tau);
    assert.deepEqual([...alpha], expected.alpha, name);
    assert.deepEqual([...fAlpha], expected.f_alpha, name);
    assert.deepEqual([width, maximum.alpha, maximum.index], [
      expected.width,
      expected.alpha_0,
      expected.alpha_0_index,
    ], name);
  }
});

Deno.test("filterPass() with tolerance 0 is the published test in every mode", () => {
  for (const { name, q, tau, filter_pass } of cases) {
    const pass = filterPass(spectrum(q, tau), 0);
    assert.deepEqual({ ...pass }, filter_pass, name);
  }
});

Deno.test("filterPass() overlooks an f that only rounding left above 0, and no other", () => {
  const { q, tau } = cases.find(({ name }) => name === "tau(0) slightly negative")!;
  assert.deepEqual(filterPass(spectrum(q, tau)), [true, true, true, true]);
  const convex = cases.find(({ name }) => name === "convex tail")!;
  assert.deepEqual(filterPass(spectrum(convex.q, convex.tau)), [true, false, false, false]);
  assert.throws(
    () => filterPass(spectrum(q, tau), -1),
    /filterTolerance must be 0 or more, but it is -1/,
  );
});

Deno.test("spectrum() reports both alphas of the tie that q = 0 always makes, and takes the first", () => {
  const { maximum } = spectrum([-0.2, -0.1, 0, 0.1], [-0.42, -0.2, 1e-16, 0.18]);
  assert.equal(maximum.tie, true);
  assert.deepEqual(maximum.candidates.map(({ index }) => index), [1, 2]);
  assert.equal(maximum.index, 1);
});

Deno.test("spectrum() without a tie says so", () => {
  const { maximum } = spectrum([-1.5, -0.5, 0.5, 1.5], [-1.3, -0.4, 0.36, 1]);
  assert.deepEqual([maximum.tie, maximum.index, maximum.candidates.length], [false, 1, 1]);
});

Deno.test("spectrum() refuses too few orders, a missing tau, and an order given twice", () => {
  assert.throws(
    () => spectrum([1], [1]),
    /two or more orders with one tau each, but there are 1 orders/,
  );
  assert.throws(() => spectrum([1, 2], [1]), /there are 2 orders and 1 tau/);
  assert.throws(() => spectrum([1, 2, 2], [1, 2, 2]), /q = 2 comes twice in a row/);
});

Deno.test("spectrumAsymmetry() is 0 in the middle, 1 at the right end, and null without a width", () => {
  assert.equal(spectrumAsymmetry([3, 2, 1], 2), 0);
  assert.equal(spectrumAsymmetry([3, 2, 1], 3), 1);
  assert.equal(spectrumAsymmetry([3, 2, 1], 1), -1);
  assert.equal(spectrumAsymmetry([2, 2], 2), null);
});
