import assert from "node:assert/strict";
import { analyticAlpha0 } from "../../lib/multifractal/analytic_alpha0.ts";
import { massExponent } from "../../lib/multifractal/mass_exponent.ts";
import { partitionFunction } from "../../lib/multifractal/partition_function.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { close } from "../golden/golden.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";
import { networkOf } from "../networks/network_of.ts";

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
