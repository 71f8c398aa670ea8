import assert from "node:assert/strict";
import { cantorAlpha0, cantorMassExponent } from "../../lib/multifractal/cantor_mass_exponent.ts";
import { spectrum } from "../../lib/multifractal/legendre_spectrum.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { cantorNetwork, type CantorNetworkOptions } from "../../lib/networks/cantor_network.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { wattsStrogatzNetwork } from "../../lib/networks/watts_strogatz_network.ts";

function measured(options: CantorNetworkOptions) {
  const threshold = 2 * options.generator.length ** (options.depth ?? 6);
  const found = multifractalSpectrum(growBoxes(cantorNetwork(options), { threshold }));
  if (found.status !== "ok") throw new Error(found.reason);
  return found;
}

Deno.test("a Cantor set of equal parts has one dimension, one of unequal parts a whole spectrum", () => {
  const q = qGrid(), equal = cantorMassExponent({ generator: [1, 0, 1] }, q);
  for (const [i, order] of q.entries()) {
    assert.ok(Math.abs(equal[i]! - order * Math.log(2) / Math.log(3)) < 1e-12);
  }
  // The ends of the spectrum at all orders are the dimensions of the heaviest and the lightest part.
  const [low, high] = [Math.log(1.5), Math.log(3)].map((size) => size / Math.log(3));
  const { alpha } = spectrum(
    qGrid({ min: -60, max: 60, step: 0.5 }),
    cantorMassExponent(
      { generator: [1, 0, 2] },
      qGrid({ min: -60, max: 60, step: 0.5 }),
    ),
  );
  assert.ok(
    Math.abs(Math.min(...alpha) - low!) < 1e-9 && Math.abs(Math.max(...alpha) - high!) < 1e-9,
  );
  assert.ok(Math.abs(cantorAlpha0({ generator: [1, 0, 2] }) - (low! + high!) / 2) < 1e-12);
});

Deno.test("along the tree the measured tau(q) is the known one at every order, to rounding", () => {
  for (const generator of [[1, 0, 1], [1, 0, 2], [2, 1, 0, 3]]) {
    const { q, tau, alpha0 } = measured({ generator, depth: 5, lengths: "tree" });
    const known = cantorMassExponent({ generator }, q);
    const furthest = Math.max(...tau.map((value, i) => Math.abs(value - known[i]!)));
    assert.ok(furthest < 1e-11, `${generator}: ${furthest}`);
    assert.ok(Math.abs(alpha0 - cantorAlpha0({ generator })) < 1e-12);
  }
});

Deno.test("on the line alpha_0 and width are within two per cent of the known ones", () => {
  const equal = measured({ generator: [1, 0, 1] });
  assert.equal(equal.alpha0.toFixed(4), "0.6280"); // known: 0.6309
  assert.ok(equal.width < 0.004);
  const unequal = measured({ generator: [1, 0, 2] });
  assert.equal(unequal.alpha0.toFixed(4), "0.6793"); // known: 0.6845
  assert.equal(unequal.width.toFixed(4), "0.4773"); // known: 0.4863
});

Deno.test("alpha_0 of a small world grows with its short cuts, near the values of earlier illustrations", () => {
  // They show about 1.0, 1.47 and 2.83, of graphs whose size is not known.
  const alpha0 = [0, 0.01, 1].map((rewiring) => {
    const masses = growBoxes(wattsStrogatzNetwork({ rewiring }), { threshold: 2000 });
    const found = multifractalSpectrum(masses);
    if (found.status !== "ok") throw new Error(found.reason);
    return found.alpha0;
  });
  assert.ok(Math.abs(alpha0[0]! - 1) < 0.02, `${alpha0}`);
  assert.ok(Math.abs(alpha0[1]! - 1.47) < 0.1, `${alpha0}`);
  assert.ok(Math.abs(alpha0[2]! - 2.83) < 0.15, `${alpha0}`);
});
