import assert from "node:assert/strict";
import { analyticAlpha0, massExponent } from "../../lib/multifractal/mass_exponent.ts";
import { chhabraJensenSpectrum } from "../../lib/multifractal/chhabra_jensen.ts";
import { partitionFunction } from "../../lib/multifractal/partition_function.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { allClose, close } from "../golden/golden.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { binomialAlpha, binomialCascade, binomialTau } from "./binomial_cascade.ts";

Deno.test("chhabraJensenSpectrum() of a binomial cascade has its exponents at every order", () => {
  const q = qGrid();
  const { alpha, fAlpha, rAlpha, rFAlpha } = chhabraJensenSpectrum(binomialCascade("even"), q);
  q.forEach((order, i) => {
    close(alpha[i]!, binomialAlpha(order), 1e-12, `alpha at ${order}`);
    // The sum over centres leaves out the support's dimension, 1.
    const f = order * binomialAlpha(order) - binomialTau(order) - 1;
    close(fAlpha[i]!, f, 1e-12, `f at ${order}`);
    close(rAlpha[i]!, 1, 1e-12, `r of alpha at ${order}`);
    if (order !== 0) close(Math.abs(rFAlpha[i]!), 1, 1e-9, `r of f at ${order}`);
  });
});

Deno.test("chhabraJensenSpectrum() of a network is tau's own derivative and Legendre transform", () => {
  const masses = growBoxes(goldenNetwork("pythia-14m", 1000, 0));
  const q = [-3, -1, 0, 0.5, 2];
  const { alpha, fAlpha } = chhabraJensenSpectrum(masses, q);
  const h = 1e-4;
  const tau = (orders: number[]) => massExponent(partitionFunction(masses, orders)).tau;
  const slopes = q.map((order) => {
    const [below, above] = tau([order - h, order + h]);
    return (above! - below!) / (2 * h);
  });
  allClose(alpha, slopes, 1e-6, "alpha");
  allClose(fAlpha, tau(q).map((value, i) => q[i]! * alpha[i]! - value), 1e-12, "f");
  close(alpha[2]!, analyticAlpha0(masses), 1e-12, "alpha_0");
});

Deno.test("chhabraJensenSpectrum() refuses empty tables, single radii and orders out of reach", () => {
  const masses = binomialCascade("even");
  const none = { ...masses, selected: new Uint32Array(), counts: new Uint32Array() };
  assert.throws(() => chhabraJensenSpectrum(none, [1]), /there are 0 nodes and 6 radii/);
  const single = { ...masses, radii: Float64Array.of(1), counts: new Uint32Array(32) };
  assert.throws(() => chhabraJensenSpectrum(single, [1]), /there are 32 nodes and 1 radii/);
  for (const order of [-2000, NaN]) {
    assert.throws(() => chhabraJensenSpectrum(masses, [order]), /is out of reach/);
  }
});
