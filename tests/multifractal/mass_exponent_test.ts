import assert from "node:assert/strict";
import { massExponent } from "../../lib/multifractal/mass_exponent.ts";
import { partitionFunction } from "../../lib/multifractal/partition_function.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { networkOf } from "../networks/network_of.ts";

Deno.test("massExponent() is exactly 0 at q = 0, with p = 1 and no error", () => {
  const masses = growBoxes(goldenNetwork("pythia-14m", 0, 1));
  const { q, tau, rValue, pValue, stderr } = massExponent(partitionFunction(masses, qGrid()));
  const zero = q.indexOf(0);
  assert.deepEqual([tau, rValue, pValue, stderr].map((values) => values[zero]), [0, 0, 1, 0]);
});

Deno.test("massExponent() rises with q and has a fit for each", () => {
  const masses = growBoxes(goldenNetwork("pythia-14m", 13000, 1));
  const { tau, rValue, pValue, stderr } = massExponent(partitionFunction(masses, qGrid()));
  assert.ok(tau.every((value, i) => i === 0 || value > tau[i - 1]!));
  assert.ok(rValue.every((r, i) => i === 30 || Math.abs(r) > 0.8));
  assert.ok(pValue.every((p, i) => i === 30 || p < 1e-30));
  assert.ok(stderr.every((error, i) => i === 30 || error > 0));
});

Deno.test("massExponent() refuses a single radius", () => {
  const masses = growBoxes(networkOf([[2, 2.2]]), { minimumEdges: 0 });
  assert.throws(
    () => massExponent(partitionFunction(masses, [1])),
    /at least two radii, but there is 1/,
  );
});
