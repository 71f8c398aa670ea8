import assert from "node:assert/strict";
import { fitsOfStep, goodnessOfFit } from "../../lib/multifractal/goodness_of_fit.ts";
import type { StepSpectra } from "../../lib/multifractal/multifractal_spectra.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { close } from "../golden/golden.ts";
import { networkOf } from "../networks/network_of.ts";
import { binomialCascade } from "./binomial_cascade.ts";

const q = [-1, 0, 1, 2];
const cascade = multifractalSpectrum(binomialCascade("even"), { q });
const trained = multifractalSpectrum(growBoxes(goldenNetwork("pythia-14m", 1000, 0)), { q });
const none = multifractalSpectrum(growBoxes(networkOf([[2]])), { q });
const step = (step: number, ...spectra: typeof cascade[]): StepSpectra => ({
  ...{ model: "m", step, digest: "" },
  samples: spectra.map((spectrum, sample) => ({ sample, spectrum, layers: [] })),
});

Deno.test("goodnessOfFit() of a power law is 1 at every order but 0", () => {
  const rows = goodnessOfFit([step(0, cascade), step(8, cascade, cascade, none)]);
  assert.deepEqual(rows.map(({ step, q, samples }) => [step, q, samples]), [
    ...[[0, -1, 1], [0, 1, 1], [0, 2, 1]],
    ...[[8, -1, 2], [8, 1, 2], [8, 2, 2]],
  ]);
  for (const { r2Mean, r2Least } of rows) {
    close(r2Mean, 1, 1e-12, "mean");
    close(r2Least, 1, 1e-12, "least");
  }
});

Deno.test("goodnessOfFit() averages over samples and keeps the least", () => {
  assert.ok(trained.status === "ok");
  const square = trained.rValue[2]! ** 2;
  const [, row] = goodnessOfFit([step(0, cascade, trained)]);
  close(row!.r2Mean, (1 + square) / 2, 1e-12, "mean");
  assert.equal(row!.r2Least, square);
});

Deno.test("A step without a spectrum has no row, and no r²", () => {
  assert.deepEqual(goodnessOfFit([step(0, none), step(1)]), []);
  assert.deepEqual(fitsOfStep(step(0, none)), { nodesKept: 0, r2Least: NaN, r2Median: NaN });
});

Deno.test("fitsOfStep() is over all orders but 0", () => {
  assert.ok(trained.status === "ok");
  const [a, , b, c] = [...trained.rValue].map((r) => r * r);
  assert.equal(fitsOfStep(step(0, trained)).r2Least, Math.min(a!, b!, c!));
  assert.equal(fitsOfStep(step(0, trained)).r2Median, [a!, b!, c!].sort((x, y) => x - y)[1]);
});
