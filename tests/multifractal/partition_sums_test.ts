import assert from "node:assert/strict";
import { partitionSums, plainPartitionSums } from "../../lib/multifractal/partition_sums.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { generatedNetwork } from "../../lib/networks/generated_network.ts";

Deno.test("partitionSums() gives the plain sums to a few units in the last place", () => {
  const kinds = [{ dimension: 0.6, neurons: 30 }, { dimension: 1.4, neurons: 30 }];
  const masses = growBoxes(generatedNetwork({ kinds, edges: 300 }));
  for (const orders of [qGrid(), qGrid({ min: -20, max: 20, step: 4 })]) {
    const fast = partitionSums(masses, orders), plain = plainPartitionSums(masses, orders);
    assert.equal(fast.powers.length, masses.radii.length * orders.length);
    for (const name of ["powers", "logMasses"] as const) {
      fast[name].forEach((sum, i) => {
        const exact = plain[name][i]!;
        assert.ok(Math.abs(sum / exact - 1) < 1e-13, `${name} ${i}: ${sum}, plainly ${exact}`);
      });
    }
  }
});
