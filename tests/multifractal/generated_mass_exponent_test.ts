import assert from "node:assert/strict";
import { analyticAlpha0 } from "../../lib/multifractal/mass_exponent.ts";
import { generatedMassExponent } from "../../lib/multifractal/generated_mass_exponent.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { spectrum } from "../../lib/multifractal/legendre_spectrum.ts";
import { generatedNetwork, type NeuronKind } from "../../lib/networks/generated_network.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";

const three = [0.6, 1, 1.4].map((dimension) => ({ dimension, neurons: 20 }));
const q = qGrid();

/** Distance of the measured tau(q) from the known one where it is largest, averaged over three networks. */
function furthest(kinds: readonly NeuronKind[], edges: number): number {
  const known = generatedMassExponent({ kinds }, q);
  const distances = [1, 2, 3].map((seed) => {
    const measured = multifractalSpectrum(growBoxes(generatedNetwork({ kinds, edges, seed })));
    if (measured.status !== "ok") throw new Error(measured.reason);
    return Math.max(...measured.tau.map((tau, i) => Math.abs(tau - known[i]!)));
  });
  return distances.reduce((sum, distance) => sum + distance / 3, 0);
}

Deno.test("one kind of neuron has a straight tau(q), a single alpha and width 0", () => {
  const tau = generatedMassExponent({ kinds: [{ dimension: 0.8, neurons: 7 }] }, q);
  for (const [i, order] of q.entries()) assert.ok(Math.abs(tau[i]! - 0.8 * order) < 1e-12);
  assert.ok(spectrum(q, tau).width < 1e-11);
});

Deno.test("alpha_0 of several kinds is the mean of their dimensions, whatever their numbers", () => {
  const kinds = [{ dimension: 0.5, neurons: 30 }, { dimension: 1.5, neurons: 10 }];
  const h = 1e-4;
  const [below, above] = generatedMassExponent({ kinds }, [-h, h]);
  assert.ok(Math.abs((above! - below!) / (2 * h) - 0.75) < 1e-6);
  const measured = analyticAlpha0(growBoxes(generatedNetwork({ kinds, edges: 20_000 })));
  assert.ok(Math.abs(measured - 0.75) < 0.005, `${measured}`);
});

Deno.test("the spectrum is wider the more kinds there are, and narrower than their dimensions are apart", () => {
  const width = (dimensions: readonly number[]) => {
    const kinds = dimensions.map((dimension) => ({ dimension, neurons: 1 }));
    return spectrum(q, generatedMassExponent({ kinds }, q)).width;
  };
  const widths = [width([1]), width([0.8, 1.2]), width([0.6, 1, 1.4])];
  assert.ok(widths[0]! < widths[1]! && widths[1]! < widths[2]!, `${widths}`);
  assert.ok(widths[1]! < 0.4 && widths[2]! < 0.8, `${widths}`);
});

Deno.test("measured tau(q) comes within 0.02 of the known one at 20,000 edges a neuron, twice as close at ten times the edges", () => {
  const distances = [200, 2000, 20_000].map((edges) => furthest(three, edges));
  // The fluctuations of random edges fall with the square root of their number, by 3.2 for ten times as many.
  assert.ok(distances[2]! < 0.02, `${distances}`);
  assert.ok(distances[0]! > 2 * distances[1]! && distances[1]! > 2 * distances[2]!, `${distances}`);
});
