import assert from "node:assert/strict";
import { averageSpectra } from "../../../lib/figures/spectra/average_spectra.ts";
import { spectrumRows } from "../tables.ts";

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
