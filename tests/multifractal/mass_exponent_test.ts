import assert from "node:assert/strict";
import { analyticAlpha0, massExponent } from "../../lib/multifractal/mass_exponent.ts";
import { partitionFunction } from "../../lib/multifractal/partition_function.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { networkOf } from "../networks/network_of.ts";
import { close } from "../golden/golden.ts";

Deno.test("massExponent() is exactly 0 at q = 0, with no error", () => {
  const masses = growBoxes(goldenNetwork("pythia-14m", 0, 1));
  const { q, tau, rValue, stderr } = massExponent(partitionFunction(masses, qGrid()));
  const zero = q.indexOf(0);
  assert.deepEqual([tau, rValue, stderr].map((values) => values[zero]), [0, 0, 0]);
});

Deno.test("massExponent() rises with q and has a fit for each", () => {
  const masses = growBoxes(goldenNetwork("pythia-14m", 13000, 1));
  const { tau, rValue, stderr } = massExponent(partitionFunction(masses, qGrid()));
  assert.ok(tau.every((value, i) => i === 0 || value > tau[i - 1]!));
  assert.ok(rValue.every((r, i) => i === 30 || Math.abs(r) > 0.8));
  assert.ok(stderr.every((error, i) => i === 30 || error > 0));
});

Deno.test("massExponent() refuses a single radius", () => {
  const masses = growBoxes(networkOf([[2, 2.2]]), { minimumEdges: 0 });
  assert.throws(
    () => massExponent(partitionFunction(masses, [1])),
    /at least two radii, but there is 1/,
  );
});

Deno.test("analyticAlpha0() is the derivative of tau at q = 0", () => {
  const masses = growBoxes(goldenNetwork("pythia-14m", 73000, 2));
  const h = 1e-3;
  const { tau } = massExponent(partitionFunction(masses, [-2 * h, -h, h, 2 * h]));
  const derivative = (tau[0]! - 8 * tau[1]! + 8 * tau[2]! - tau[3]!) / (12 * h);
  close(analyticAlpha0(masses), derivative, 1e-11, "tau'(0)");
});

Deno.test("analyticAlpha0() is NaN where a slope needs another radius", () => {
  const masses = growBoxes(networkOf([[2, 2.2]]), { minimumEdges: 0 });
  assert.ok(Number.isNaN(analyticAlpha0(masses)));
});
